using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>What a run would send, without anything being done.</summary>
/// <param name="Prepare">What makes the sources readable; no statements if they are.</param>
/// <param name="Tables">Each table's plan, in the order of the run.</param>
public sealed record RunPlan(StepPlan Prepare, IReadOnlyList<TablePlan> Tables);
