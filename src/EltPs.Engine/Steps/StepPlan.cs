using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Steps;

/// <summary>The statements of one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Statements">The statements, in order, without trailing semicolons.</param>
public sealed record StepPlan(EltStep Step, IReadOnlyList<string> Statements)
{
    /// <summary>The table, where the steps of several stand in one list; null for all of them, or where it is clear.</summary>
    public TableName? Table { get; init; }

    /// <summary>The step as SQL text.</summary>
    public override string ToString()
    {
        var statements = string.Join('\n', Statements.Select(statement => statement.TrimEnd() + ";"));
        return $"-- {Step.ToString().ToLowerInvariant()}{(Table is null ? string.Empty : $" {Table}")}\n{statements}";
    }
}
