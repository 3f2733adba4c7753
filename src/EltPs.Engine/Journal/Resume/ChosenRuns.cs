using EltPs.Engine.Definitions;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>The runs that a request means.</summary>
/// <param name="Pipeline">What they run; of a resume as the run had it that is resumed.</param>
/// <param name="Options">How they run.</param>
/// <param name="Dates">What they are dated with, in their order; none if there is nothing to do.</param>
/// <param name="Message">Why there is nothing to do; null if there is something.</param>
internal sealed record ChosenRuns(
    PipelineDefinition Pipeline,
    RunOptions Options,
    IReadOnlyList<RunDate> Dates,
    string? Message = null);
