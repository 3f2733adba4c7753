using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>What one step would send; ids in it are placeholders.</summary>
/// <param name="Step">The step.</param>
/// <param name="Table">The table; null for a step of all tables.</param>
/// <param name="Statements">The statements, in order.</param>
internal sealed record StepPlan(EltStep Step, TableName? Table, IReadOnlyList<Statement> Statements)
{
    /// <summary>Whether it makes sources readable.</summary>
    public bool PreparesSources => Statements.Any(statement => statement.Role == StatementRole.Source);

    /// <summary>The step as SQL text, with its name in a comment in front.</summary>
    public override string ToString() => Text($"-- {Step.ToString().ToLowerInvariant()}");

    /// <summary>The same with the name of its table, for a list of steps of several tables.</summary>
    internal string WithTable() => Table is null ? ToString() : Text($"-- {Step.ToString().ToLowerInvariant()} {Table}");

    private string Text(string heading) => string.Join("\n", [heading, .. Statements.Select(statement => $"{statement.Sql.TrimEnd()};")]);
}
