using EltPs.Engine.Names;

namespace EltPs.Engine.Events;

/// <summary>A step begins.</summary>
/// <param name="Table">The table; null for what concerns all of them.</param>
/// <param name="Step">The step.</param>
internal sealed record StepStarted(TableName? Table, EltStep Step) : RunEvent;

/// <summary>A step has ended well.</summary>
/// <param name="Table">The table; null for what concerns all of them.</param>
/// <param name="Step">The step.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record StepFinished(TableName? Table, EltStep Step, TimeSpan Elapsed) : RunEvent
{
    /// <summary>The rows that a check counted; null for any other step.</summary>
    public long? Rows { get; init; }
}

/// <summary>A staging table is about to be built as this generation.</summary>
/// <param name="Table">The table that it is meant to become.</param>
/// <param name="Generation">The id of the build.</param>
/// <param name="Replaces">What is published now: a generation id, <c>none</c> or <c>first</c>.</param>
internal sealed record GenerationAssigned(TableName Table, string Generation, string Replaces) : RunEvent;
