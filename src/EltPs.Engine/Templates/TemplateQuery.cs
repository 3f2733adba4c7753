using System.Diagnostics.CodeAnalysis;

using EltPs.Engine.Sql;

namespace EltPs.Engine.Templates;

/// <summary>One query with placeholders that are all known, and the variables that it uses.</summary>
/// <param name="Template">The query, without what trails it.</param>
/// <param name="Variables">The variables that it uses, with their values.</param>
internal sealed record TemplateQuery(SqlTemplate Template, IReadOnlyDictionary<string, SqlValue> Variables)
{
    // More than anybody reads of one text, and looking for what was meant takes time.
    private const int MostProblems = 20;

    /// <summary>No variables.</summary>
    public static IReadOnlyDictionary<string, SqlValue> NoVariables { get; } =
        new Dictionary<string, SqlValue>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a query; false, with all that is wrong and its place, if the text is none or asks for a value that nobody knows.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="variables">The variables that there are.</param>
    /// <param name="query">The query.</param>
    /// <param name="problems">What is wrong; empty if nothing is.</param>
    public static bool TryParse(
        string text,
        SqlSyntax syntax,
        IReadOnlyDictionary<string, SqlValue> variables,
        [NotNullWhen(true)] out TemplateQuery? query,
        out IReadOnlyList<SqlProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(variables);
        query = null;
        if (!SqlTemplate.TryParseQuery(text, syntax, out var template, out var problem))
        {
            problems = [problem];
            return false;
        }

        problems = template.Placeholders.Count == 0 ? [] : Unknown(template, variables);
        if (problems.Count == 0)
        {
            template.Render(variables.GetValueOrDefault, out problems);
        }

        if (problems.Count > 0)
        {
            return false;
        }

        query = new TemplateQuery(template, Used(template, variables));
        return true;
    }

    /// <summary>The placeholders that stand for nothing, each with its place and with what was probably meant.</summary>
    internal static IReadOnlyList<SqlProblem> Unknown(SqlTemplate template, IReadOnlyDictionary<string, SqlValue> variables)
    {
        var unknown = template.Placeholders
            .Where(placeholder => !RunValues.IsName(placeholder.Name) && !variables.ContainsKey(placeholder.Name))
            .Take(MostProblems)
            .ToList();
        string[] known = unknown.Count == 0 ? [] : [.. RunValues.Names, .. variables.Keys];
        return [.. unknown.Select(placeholder => new SqlProblem(placeholder.Offset, PlaceholderAdvice.Unknown(placeholder, known)))];
    }

    private static IReadOnlyDictionary<string, SqlValue> Used(SqlTemplate template, IReadOnlyDictionary<string, SqlValue> variables)
    {
        var names = template.Placeholders.Select(placeholder => placeholder.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Count == 0
            ? NoVariables
            : variables
                .Where(pair => names.Contains(pair.Key))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
    }
}
