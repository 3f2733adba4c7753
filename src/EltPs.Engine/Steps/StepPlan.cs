namespace EltPs.Engine.Steps;

/// <summary>The statements of one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Statements">The statements, in order, without trailing semicolons.</param>
public sealed record StepPlan(EltStep Step, IReadOnlyList<string> Statements)
{
    /// <summary>The step as SQL text.</summary>
    public override string ToString() =>
        $"-- {Step.ToString().ToLowerInvariant()}\n{string.Join("\n", Statements.Select(statement => statement.TrimEnd() + ";"))}";
}
