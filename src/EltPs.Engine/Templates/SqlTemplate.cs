using System.Diagnostics.CodeAnalysis;
using System.Text;

using EltPs.Engine.Errors;
using EltPs.Engine.Sql;

namespace EltPs.Engine.Templates;

/// <summary>A text of SQL with placeholders <c>{{ name }}</c>, read once, to be rendered with values.</summary>
/// <remarks>
/// A value stands for itself and nothing else, whatever is in it: outside quotes as a literal of its type, within quotes as text that is
/// escaped for them. What a value brings is not read for placeholders again. In a comment, nothing is a placeholder.
/// </remarks>
public sealed class SqlTemplate
{
    private const string TwoBrackets = "{{";
    private readonly SqlSyntax _syntax;
    private readonly List<(int Offset, int Length)> _escapes;

    private SqlTemplate(string sql, SqlSyntax syntax, TemplateParser parsed, int end)
    {
        Sql = sql[..end];
        _syntax = syntax;
        Shape = ReferenceEquals(parsed.Shape, sql) ? Sql : parsed.Shape[..end];
        Placeholders = parsed.Placeholders;
        _escapes = parsed.Escapes;
    }

    /// <summary>No SQL, of a table that is not built.</summary>
    public static SqlTemplate None { get; } =
        new(string.Empty, SqlSyntax.Standard, new TemplateParser(string.Empty, SqlSyntax.Standard), end: 0);

    /// <summary>The text as written.</summary>
    public string Sql { get; }

    /// <summary>
    /// The text with each placeholder filled by as many digits: SQL for whoever looks at its tokens, every place in it as in
    /// <see cref="Sql"/>.
    /// </summary>
    public string Shape { get; }

    /// <summary>The placeholders, in the text's order.</summary>
    public IReadOnlyList<Placeholder> Placeholders { get; }

    /// <summary>
    /// Reads a text; false, with the place and what to write instead, if something in it looks like a placeholder and is none.
    /// </summary>
    /// <param name="sql">The text.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryParse(
        string sql,
        SqlSyntax syntax,
        [NotNullWhen(true)] out SqlTemplate? template,
        [NotNullWhen(false)] out SqlProblem? problem)
    {
        return TryParse(sql, syntax, parser => (null, sql.Length), out template, out problem);
    }

    /// <summary>Reads one query, without what trails it; false, with the place and the reason, if the text is not one.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="template">The query.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryParseQuery(
        string sql,
        SqlSyntax syntax,
        [NotNullWhen(true)] out SqlTemplate? template,
        [NotNullWhen(false)] out SqlProblem? problem)
    {
        return TryParse(
            sql, syntax, parser => (SqlText.FindProblem(parser.Shape, parser.Tokens!, out var end), end), out template, out problem);
    }

    /// <summary>
    /// Reads one statement that changes nothing, without what trails it; false, with the place and the reason, if the text is none.
    /// </summary>
    /// <param name="sql">The text.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="template">The statement.</param>
    /// <param name="problem">What is wrong.</param>
    internal static bool TryParseReadOnly(
        string sql,
        SqlSyntax syntax,
        [NotNullWhen(true)] out SqlTemplate? template,
        [NotNullWhen(false)] out SqlProblem? problem)
    {
        return TryParse(
            sql,
            syntax,
            parser => (ReadOnlySql.FindProblem(parser.Shape, parser.Tokens!, syntax, out var end), end),
            out template,
            out problem);
    }

    // The three differ in what the text may be, and in where what it is ends.
    private static bool TryParse(
        string sql,
        SqlSyntax syntax,
        Func<TemplateParser, (SqlProblem? Problem, int End)> judge,
        [NotNullWhen(true)] out SqlTemplate? template,
        [NotNullWhen(false)] out SqlProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(syntax);
        var parser = new TemplateParser(sql, syntax);
        problem = parser.Parse();
        var end = 0;
        if (problem is null)
        {
            (problem, end) = judge(parser);
        }

        template = problem is null ? new SqlTemplate(sql, syntax, parser, end) : null;
        return problem is null;
    }

    /// <summary>One query, without what trails it.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidSql"/>: the text is not one query.</exception>
    public static SqlTemplate Of(string sql, SqlSyntax syntax) => TryParseQuery(sql, syntax, out var template, out var problem)
        ? template
        : throw new EltException(EltErrorKind.InvalidSql, problem.Message);

    /// <summary>The text as written.</summary>
    public override string ToString() => Sql;

    /// <summary>Writes the values in place of the placeholders.</summary>
    /// <param name="find">The value of a name; null to leave its placeholders as they are.</param>
    /// <param name="problems">The values that cannot stand where they are asked for, each with its place in <see cref="Sql"/>; empty if
    /// there are none.</param>
    /// <returns>The SQL; empty if there are problems.</returns>
    public string Render(Func<string, SqlValue?> find, out IReadOnlyList<SqlProblem> problems) => Render(find, out problems, out _);

    /// <summary>The same, and what was written where.</summary>
    internal string Render(Func<string, SqlValue?> find, out IReadOnlyList<SqlProblem> problems, out IReadOnlyList<Splice> written)
    {
        ArgumentNullException.ThrowIfNull(find);
        var found = new List<SqlProblem>();
        problems = found;
        var splices = new List<Splice>();
        written = splices;
        if (Placeholders.Count == 0 && _escapes.Count == 0)
        {
            return Sql;
        }

        var sql = new StringBuilder();
        var copied = 0;
        foreach (var (offset, length, placeholder) in Pieces())
        {
            sql.Append(Sql, copied, offset - copied);
            copied = offset + length;
            var start = sql.Length;
            if (placeholder is null)
            {
                sql.Append(TwoBrackets);
            }
            else if (find(placeholder.Name) is not { } value)
            {
                // Filled as in the shape while the two are compared; put back at the end.
                sql.Append(Shape, offset, length);
            }
            else if (ValueWriter.Write(sql, placeholder, value, _syntax) is { } problem)
            {
                found.Add(new SqlProblem(offset, problem));
                continue;
            }

            splices.Add(new Splice(offset, copied, start, sql.Length, placeholder));
        }

        sql.Append(Sql, copied, Sql.Length - copied);
        var rendered = sql.ToString();
        if (found.Count == 0 && ShapeGuard.FindChange(Shape, rendered, splices, _syntax) is { } changed)
        {
            found.Add(new SqlProblem(changed.Offset, Changed(changed)));
        }

        return found.Count > 0 ? string.Empty : PutBack(rendered, splices, find);
    }

    private IEnumerable<(int Offset, int Length, Placeholder? Placeholder)> Pieces() => Placeholders
        .Select(placeholder => (placeholder.Offset, placeholder.Length, (Placeholder?)placeholder))
        .Concat(_escapes.Select(escape => (escape.Offset, escape.Length, (Placeholder?)null)))
        .OrderBy(piece => piece.Offset);

    private string PutBack(string rendered, List<Splice> splices, Func<string, SqlValue?> find)
    {
        var left = splices.Where(splice => splice.Placeholder is { } placeholder && find(placeholder.Name) is null).ToList();
        if (left.Count == 0)
        {
            return rendered;
        }

        var text = new StringBuilder(rendered);
        foreach (var splice in left)
        {
            for (var at = 0; at < splice.End - splice.Start; at++)
            {
                text[splice.RenderedStart + at] = Sql[splice.Start + at];
            }
        }

        return text.ToString();
    }

    private static string Changed(Placeholder placeholder) => placeholder.Context == PlaceholderContext.DollarText
        ? $"The value of {placeholder} would end the text between the dollar signs, where nothing can be escaped; write it in '…', or "
            + "outside of quotes."
        : $"The value of {placeholder} would change the SQL around it; write it in '…', or alone between spaces.";
}
