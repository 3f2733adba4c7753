using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>A table that was built at its staging name and that nobody has checked. Comes only from <see cref="StageStep"/>.</summary>
public sealed class StagedTable
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(30);

    internal StagedTable(
        TableDefinition definition,
        WarehouseSession session,
        GenerationMarker marker,
        DateTimeOffset stagedAt,
        TimeSpan stageTime)
    {
        Definition = definition;
        Session = session;
        Marker = marker;
        StagedAt = stagedAt;
        StageTime = stageTime;
    }

    /// <summary>The table that it is meant to become.</summary>
    public TableName Name => Definition.Name;

    /// <summary>Where it stands now.</summary>
    public TableName Staging => Definition.Name.Staging;

    /// <summary>The id of this build.</summary>
    public string Generation => Marker.Generation;

    /// <summary>
    /// What was published when it was built: a generation id, <c>none</c> (a table without a marker) or <c>first</c> (nothing).
    /// </summary>
    public string Replaces => Marker.Replaces;

    /// <summary>The run that built it.</summary>
    public string RunId => Marker.RunId;

    /// <summary>When it was built, in UTC.</summary>
    public DateTimeOffset StagedAt { get; }

    /// <summary>How long the build took.</summary>
    public TimeSpan StageTime { get; }

    /// <summary>What it was built from.</summary>
    public TableDefinition Definition { get; }

    /// <summary>The session that built it; refers to the connection, not to a secret.</summary>
    public WarehouseSession Session { get; }

    /// <summary>The marker in its comment.</summary>
    internal GenerationMarker Marker { get; }

    /// <summary>The published table's name.</summary>
    public override string ToString() => Name.ToString();

    /// <summary>What the published table is after a step that did not get to publish.</summary>
    internal string WhatIsLeft => Replaces == GenerationMarker.First
        ? $"{Name} was not created"
        : $"{Name} was left as it was";

    /// <summary>Removes the staging table after a cancel if nothing was published before: a first build then leaves no trace.</summary>
    internal async Task DiscardFirstBuildAsync(IRunObserver observer)
    {
        if (Replaces != GenerationMarker.First)
        {
            return;
        }

        try
        {
            // Whatever cancelled the step, the clean-up has a little time of its own.
            var scope = StepScope.Of(
                Definition,
                EltStep.Stage,
                RunId,
                Deadline.In(CleanUpTime, TimeProvider.System),
                observer,
                TimeProvider.System);
            await using (var lease = await Session.AcquireAsync(scope, CancellationToken.None))
            {
                await lease.Warehouse.DropStagingAsync(Name, Generation, scope, CancellationToken.None);
            }
        }
        catch (EltException failure)
        {
            // The cancel is what the caller must hear of; the next run replaces what is left.
            var warning = $"{Name}: {Staging} could not be removed after the cancel: {FailureText.Reason(failure)}";
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);
        }
    }
}
