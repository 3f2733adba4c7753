using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>A query that somebody wrote, with its values filled in, and the place in it of whatever the warehouse complains of.</summary>
internal sealed class QueryText
{
    // What stands for a file's name: the text came from a command line.
    private const string Name = "SQL";

    private readonly string _written;
    private readonly RenderedSql _rendered;

    private QueryText(string written, RenderedSql rendered) => (_written, _rendered) = (written, rendered);

    /// <summary>The query as it goes to the warehouse.</summary>
    public string Sql => _rendered.Text;

    /// <summary>Reads one.</summary>
    /// <param name="written">The text.</param>
    /// <param name="syntax">How the warehouse reads it.</param>
    /// <param name="variables">The variables that it may use.</param>
    /// <param name="run">What else it may ask for.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.InvalidSql"/>: it is not one statement that only reads. <see cref="EltErrorKind.PlaceholderUnfilled"/>: a
    /// value is not there, or cannot stand where it is asked for. Each with its place.
    /// </exception>
    public static QueryText Read(string written, SqlSyntax syntax, IReadOnlyDictionary<string, SqlValue> variables, RunValues run)
    {
        ArgumentNullException.ThrowIfNull(written);
        if (!SqlTemplate.TryParseReadOnly(written, syntax, out var template, out var problem))
        {
            throw Failure(written, EltErrorKind.InvalidSql, [problem]);
        }

        return TableSql.TryRender(template, variables, run, out var rendered, out var problems)
            ? new QueryText(written, rendered)
            : throw Failure(written, EltErrorKind.PlaceholderUnfilled, problems);
    }

    /// <summary>The sources that the query may read: those whose names are in it.</summary>
    public IReadOnlyList<SourceDefinition> Mentioned(IReadOnlyList<SourceDefinition> sources, IDialect dialect) =>
        Mentioned(Sql, sources, dialect);

    /// <summary>The sources whose names are in a query.</summary>
    public static IReadOnlyList<SourceDefinition> Mentioned(string sql, IReadOnlyList<SourceDefinition> sources, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(dialect);
        if (sources.Count == 0)
        {
            return [];
        }

        var names = new HashSet<(string, string)>();
        foreach (var parts in SqlText.References(sql, dialect.Syntax))
        {
            names.UnionWith(parts.Zip(parts.Skip(1), (schema, table) => (Fold(schema), Fold(table))));
        }

        return [.. sources.Where(source => names.Contains((Fold(source.Name.Schema), Fold(source.Name.Table))))];

        string Fold(Identifier part) => dialect.Identifiers.Fold(part);
    }

    /// <summary>The warehouse's error with its place in the text as it was written.</summary>
    public EltException Located(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Offset is { } offset && failure.Statement == Sql
            ? failure.With(location: Place(_written, _rendered.ToTemplate(offset)))
            : failure;
    }

    private static EltException Failure(string written, EltErrorKind kind, IReadOnlyList<SqlProblem> problems) => EltException.Of(
    [
        .. problems.Select(problem => new EltException(kind, problem.Message) { Location = Place(written, problem.Offset) }),
    ]);

    private static SourceLocation Place(string written, int offset) =>
        TextPosition.In(new SourceLocation(Name, 1, 1), written.AsSpan(0, Math.Min(offset, written.Length)));
}
