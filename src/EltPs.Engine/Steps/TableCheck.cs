using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Checks staged tables. The only maker of <see cref="VerifiedTable"/>.</summary>
public sealed class TableCheck(TimeProvider time, IRunObserver observer)
{
    /// <summary>Counts the staging table's rows and applies the checks.</summary>
    /// <exception cref="EltException">A check failed, or the staging table no longer is the generation that was staged. The published table
    /// was not touched.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a first build's staging table was removed.</exception>
    public Task<VerifiedTable> VerifyAsync(StagedTable staged, IReadOnlyList<ITableCheck> checks, CancellationToken cancellationToken) =>
        VerifyAsync(staged, checks, deadline: null, cancellationToken);

    /// <summary>The same, as a part of work with a deadline of its own.</summary>
    internal async Task<VerifiedTable> VerifyAsync(
        StagedTable staged, IReadOnlyList<ITableCheck> checks, Deadline? deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(staged);
        ArgumentNullException.ThrowIfNull(checks);

        var started = time.GetTimestamp();
        var rows = await CountAsync(staged, deadline, cancellationToken);
        EnsurePasses(staged, rows, checks);
        var elapsed = time.GetElapsedTime(started);
        await observer.OnEventAsync(new StepFinished(staged.Name, EltStep.Check, elapsed) { Rows = rows }, cancellationToken);
        return new VerifiedTable(staged, rows, elapsed);
    }

    /// <summary>Throws what the first check that does not hold says.</summary>
    internal static void EnsurePasses(StagedTable staged, long rows, IReadOnlyList<ITableCheck> checks)
    {
        if (checks.Select(check => check.Judge(staged, rows)).OfType<EltException>().FirstOrDefault() is { } failure)
        {
            throw failure.At(staged.Definition, EltStep.Check).With(consequence: $"{staged.WhatIsLeft}.");
        }
    }

    private async Task<long> CountAsync(StagedTable staged, Deadline? deadline, CancellationToken cancellationToken)
    {
        try
        {
            await observer.OnEventAsync(new StepStarted(staged.Name, EltStep.Check), cancellationToken);
            var scope = StepScope.Of(staged.Definition, EltStep.Check, staged.RunId, deadline, observer, time);
            var reading = await scope.EnforceAsync(token => ReadAsync(staged, scope, token), cancellationToken);
            var request = new PublishRequest(staged.Name, staged.Generation, staged.Replaces, staged.Definition.KeepPrevious);
            GenerationRule.EnsurePublishable(request, reading.Staging, reading.Target);
            return reading.Rows ?? 0;
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

    private static async Task<StagingReading> ReadAsync(StagedTable staged, WorkScope scope, CancellationToken cancellationToken)
    {
        await using (var lease = await staged.Session.AcquireAsync(scope, cancellationToken))
        {
            return await lease.Warehouse.CountAsync(staged.Name, scope, cancellationToken);
        }
    }
}
