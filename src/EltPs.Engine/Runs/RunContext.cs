using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>What every publish order works with: the run, the open warehouse, and the steps.</summary>
internal sealed class RunContext(WarehouseSession session, TimeProvider time, IRunObserver observer)
{
    public required PipelineDefinition Pipeline { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>What the run's look-up found.</summary>
    public required WarehouseCatalog Catalog { get; init; }

    /// <summary>The index of the first table to build.</summary>
    public required int First { get; init; }

    public required RunRecorder Run { get; init; }

    public IDialect Dialect => session.Dialect;

    public TimeProvider Time => time;

    public IRunObserver Observer => observer;

    public TableSwap Swap { get; } = new(time, observer);

    public Retry Retry => new(time, observer, Run.AttemptFailed);

    /// <summary>The time that a table has from now on.</summary>
    public Deadline DeadlineOf(TableDefinition table) => Deadline.In(table.Timeout, time);

    /// <summary>Builds a table at its staging name, and checks it.</summary>
    public async Task<VerifiedTable> BuildAsync(TableDefinition table, StageOptions options, CancellationToken cancellationToken)
    {
        var staged = await new StageStep(session, time, observer).StageAsync(table, options, cancellationToken);
        Run.Staged(staged);
        var verified = await new TableCheck(time, observer)
            .VerifyAsync(staged, TableChecks.Of(table), options.Deadline, cancellationToken);
        Run.Verified(verified);
        return verified;
    }

    /// <summary>Asks about one table, in a run with questions.</summary>
    /// <exception cref="OperationCanceledException">It was declined.</exception>
    public Task AskAsync(TableDefinition table, CancellationToken cancellationToken) =>
        AskAsync(() => RunPlan.Of(table, Catalog, Options.Values, Dialect), table.Name.ToString(), cancellationToken);

    /// <summary>Asks once about all tables, in a run with questions.</summary>
    /// <exception cref="OperationCanceledException">They were declined.</exception>
    public Task AskTogetherAsync(CancellationToken cancellationToken) =>
        AskAsync(() => RunPlan.Together(Pipeline, Catalog, Options.Values, Dialect), Pipeline.Name, cancellationToken);

    /// <summary>Tells of all tables that they are published.</summary>
    public async Task ConfirmAsync(IReadOnlyList<SwappedTable> swapped)
    {
        for (var index = 0; index < swapped.Count; index++)
        {
            Run.Return(index);
            await PublishedAsync(await Swap.ConfirmAsync(swapped[index]));
        }
    }

    /// <summary>Notes that the table that the run is at is published.</summary>
    public async Task PublishedAsync(PublishedTable published)
    {
        Run.Published(published);
        await observer.OnEventAsync(new TablePublished(published), CancellationToken.None);
    }

    private async Task AskAsync(Func<RunPlan> plan, string what, CancellationToken cancellationToken)
    {
        if (Options.Confirm is { } confirm
            && !await confirm(plan() with { Interval = Options.Date?.Interval }, cancellationToken))
        {
            throw new OperationCanceledException($"{what} was declined.");
        }
    }
}
