using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>What a run would send, without anything being done.</summary>
/// <param name="Prepare">What makes the sources readable; no statements if they are.</param>
/// <param name="Tables">Each table's plan, in the order of the run.</param>
public sealed record RunPlan(StepPlan Prepare, IReadOnlyList<TablePlan> Tables)
{
    /// <summary>
    /// The plan of all tables, if they are published together; then <see cref="Tables"/> is empty. Null otherwise, or if there is nothing
    /// to do.
    /// </summary>
    public TogetherPlan? Together { get; init; }
}
