using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Steps;

/// <summary>A table's SQL as it goes to the warehouse: with the values of its run.</summary>
internal static class TableSql
{
    /// <summary>The SQL with all values in it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="run">What is known of the run.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.PlaceholderUnfilled"/>: a placeholder has no value, or one that cannot stand
    /// there.</exception>
    public static string Render(TableDefinition table, RunValues run) =>
        TryRender(table, run, out var rendered, out var problems) ? rendered.Text : throw Failure(table, problems);

    /// <summary>
    /// The SQL with all values in it, and where its pieces come from; false, with all that is wrong, if a placeholder has no value or one
    /// that cannot stand there.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="run">What is known of the run.</param>
    /// <param name="rendered">The SQL.</param>
    /// <param name="problems">What is wrong, each with its place in the table's SQL; empty if nothing is.</param>
    public static bool TryRender(
        TableDefinition table,
        RunValues run,
        [NotNullWhen(true)] out RenderedSql? rendered,
        out IReadOnlyList<SqlProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(table);
        return TryRender(table.Query, table.Variables, run, out rendered, out problems);
    }

    /// <summary>The same for SQL of no table.</summary>
    /// <param name="template">The SQL.</param>
    /// <param name="variables">The variables that it may use.</param>
    /// <param name="run">What is known of the run.</param>
    /// <param name="rendered">The SQL with its values.</param>
    /// <param name="problems">What is wrong, each with its place in the template; empty if nothing is.</param>
    public static bool TryRender(
        SqlTemplate template,
        IReadOnlyDictionary<string, SqlValue> variables,
        RunValues run,
        [NotNullWhen(true)] out RenderedSql? rendered,
        out IReadOnlyList<SqlProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(run);
        rendered = null;
        problems = TemplateQuery.Unknown(template, variables);
        if (problems.Count == 0)
        {
            problems =
            [
                .. template
                    .Placeholders.Where(placeholder => Find(placeholder.Name) is null)
                    .Select(placeholder => new SqlProblem(placeholder.Offset, Missing(placeholder))),
            ];
        }

        if (problems.Count == 0)
        {
            var sql = template.Render(Find, out problems, out var splices);
            rendered = problems.Count == 0 ? new RenderedSql(sql, template.Shape, splices) : null;
        }

        return rendered is not null;

        SqlValue? Find(string name) => variables.GetValueOrDefault(name) ?? run.Find(name);
    }

    private static string Missing(Placeholder placeholder) =>
        string.Equals(placeholder.Name, RunValues.Run, StringComparison.OrdinalIgnoreCase)
            ? $"{placeholder} is the id of a run, and there is none here."
            : $"{placeholder} belongs to a run's data interval, and this run has none: it is for no interval of the schedule. For a day of "
                + "your own choice, name it under Variables and write that name.";

    private static EltException Failure(TableDefinition table, IReadOnlyList<SqlProblem> problems) => new(
        EltErrorKind.PlaceholderUnfilled,
        $"its SQL cannot be filled in:\n"
            + string.Join('\n', problems.Select(problem => $"{Place(table, problem.Offset)}: {problem.Message}")))
    {
        Table = table.Name,
        Consequences = ["The published table was left as it was."],
    };

    // A table that was named by parameters has no file.
    private static string Place(TableDefinition table, int offset) =>
        TextPosition.In(table.Location ?? new SourceLocation("SQL", 1, 1), table.Sql.AsSpan(0, offset)).ToString();
}
