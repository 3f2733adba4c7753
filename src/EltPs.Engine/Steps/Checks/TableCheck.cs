using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Checks staged tables. The only maker of <see cref="VerifiedTable"/>.</summary>
internal sealed class TableCheck(TimeProvider time, IRunObserver observer)
{
    /// <summary>Reads what the checks have to know of the staging table, in one statement, and judges it.</summary>
    /// <exception cref="EltException">A check failed, or the staging table no longer is the generation that was staged. The published table
    /// was not touched.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a first build's staging table was removed.</exception>
    public Task<VerifiedTable> VerifyAsync(StagedTable staged, TableChecks checks, CancellationToken cancellationToken) =>
        VerifyAsync(staged, checks, deadline: null, cancellationToken);

    /// <summary>The same, as a part of work with a deadline of its own.</summary>
    internal async Task<VerifiedTable> VerifyAsync(
        StagedTable staged, TableChecks checks, Deadline? deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(staged);
        ArgumentNullException.ThrowIfNull(checks);

        var started = time.GetTimestamp();
        var values = await MeasureAsync(staged, checks, deadline, cancellationToken);
        var results = EnsurePasses(staged, values, checks);
        var rows = values.Count(0);
        var elapsed = time.GetElapsedTime(started);
        await observer.OnEventAsync(new StepFinished(staged.Name, EltStep.Check, elapsed) { Rows = rows }, cancellationToken);
        return new VerifiedTable(staged, rows, elapsed) { Checks = results };
    }

    /// <summary>What the checks found; throws, with all that does not hold, unless every one holds.</summary>
    internal static IReadOnlyList<CheckResult> EnsurePasses(StagedTable staged, CheckValues values, TableChecks checks)
    {
        var results = checks.Judge(values, staged.Session.Dialect);
        var failed = results.Where(result => !result.HasPassed).ToList();
        if (failed.Count == 0)
        {
            return results;
        }

        var found = string.Join("; ", failed.Select(result => $"{result.Found} in {staged.Staging}, {result.Expected} expected"));
        throw new EltException(failed[0].Failure!.Value, $"{found}.") { Checks = results }
            .At(staged.Definition, EltStep.Check)
            .With(consequence: $"{staged.WhatIsLeft}.");
    }

    private async Task<CheckValues> MeasureAsync(
        StagedTable staged, TableChecks checks, Deadline? deadline, CancellationToken cancellationToken)
    {
        try
        {
            await observer.OnEventAsync(new StepStarted(staged.Name, EltStep.Check), cancellationToken);
            var scope = StepScope.Of(staged.Definition, EltStep.Check, staged.RunId, deadline, observer, time);
            var reading = await scope.EnforceAsync(token => ReadAsync(staged, checks, scope, token), cancellationToken);
            var request = new PublishRequest(staged.Name, staged.Generation, staged.Replaces, staged.Definition.KeepPrevious);
            GenerationRule.EnsurePublishable(request, reading.Staging, reading.Target);
            return reading.Values!;
        }
        catch (OperationCanceledException)
        {
            await staged.DiscardFirstBuildAsync(observer);
            throw;
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.At(staged.Definition, EltStep.Check, $"{staged.WhatIsLeft}.");
        }
        catch (EltException failure) when (failure.Step is null)
        {
            throw failure.At(staged.Definition, EltStep.Check);
        }
    }

    private static async Task<StagingReading> ReadAsync(
        StagedTable staged, TableChecks checks, WorkScope scope, CancellationToken cancellationToken)
    {
        await using (var lease = await staged.Session.AcquireAsync(scope, cancellationToken))
        {
            return await lease.Warehouse.MeasureAsync(staged.Name, checks.Aggregates(lease.Warehouse.Dialect), scope, cancellationToken);
        }
    }
}
