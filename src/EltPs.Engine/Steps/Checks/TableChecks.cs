using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>The checks of a table, and the one statement that reads what they have to know.</summary>
/// <param name="Checks">The checks.</param>
internal sealed record TableChecks(IReadOnlyList<ITableCheck> Checks)
{
    /// <summary>The checks of a definition. A new kind of check is a line here.</summary>
    public static TableChecks Of(TableDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new([new RowCountCheck(definition.MinimumRows, definition.MaximumRows)]);
    }

    /// <summary>
    /// What the statement reads, each once. The number of rows is the first, whatever the checks ask for: a publish compares it.
    /// </summary>
    public IReadOnlyList<string> Aggregates(IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        return
        [
            .. Checks.SelectMany(check => check.Aggregates(dialect)).Prepend(dialect.RowCount).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The statement.</summary>
    public Statement Statement(TableDefinition definition, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(dialect);
        return dialect.Measure(definition.Name, Aggregates(dialect));
    }

    /// <summary>What each check found.</summary>
    /// <param name="values">What was read, in the order of <see cref="Aggregates"/>.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    internal IReadOnlyList<CheckResult> Judge(CheckValues values, IDialect dialect)
    {
        var places = Aggregates(dialect).Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. Checks.Select(check => check.Judge(values.At(check.Aggregates(dialect).Select(sql => places[sql]))))];
    }
}
