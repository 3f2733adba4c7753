using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>The line has come to a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Position">Which table of how many, counted from 1.</param>
/// <param name="Count">How many tables.</param>
internal sealed record TableStarted(TableName Table, int Position, int Count) : RunEvent;

/// <summary>The line passes a table without building it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Status">UpToDate if it is what the run would bring about; Skipped if the caller said to begin behind it.</param>
/// <param name="Generation">What is published; null if nothing with a marker is.</param>
internal sealed record TableUpToDate(TableName Table, TableStatus Status, string? Generation) : RunEvent
{
    /// <summary>The rows that the run counted which published it; null if it is not known.</summary>
    public long? Rows { get; init; }
}

/// <summary>A table of a run was published, for good.</summary>
/// <param name="Table">The table.</param>
internal sealed record TablePublished(PublishedTable Table) : RunEvent
{
    /// <summary>The rows of the generation that it replaced, as they were counted then; null if that is not known.</summary>
    public long? RowsBefore { get; init; }
}

/// <summary>
/// A table that was built and checked was not published after all, because another one that is published together with it failed.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Status">Skipped if what is published is what was; Unknown if the table could not be put back.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record TableNotPublished(TableName Table, TableStatus Status, string Reason) : RunEvent;
