using System.Collections.Frozen;

namespace EltPs.Engine.Sql;

/// <summary>Tells whether a text is one statement that only reads, by its first word and by what could act behind that.</summary>
/// <remarks>
/// What a WITH, an EXPLAIN or a bracket holds is looked at as a statement of its own: <c>EXPLAIN ANALYZE DELETE</c> deletes (DuckDB
/// documentation, "EXPLAIN ANALYZE"), and <c>WITH p AS PROCEDURE … CALL p()</c> runs code (Snowflake documentation, "CALL (with anonymous
/// procedure)"). The warehouse's own protection (a database file opened for reading, a role's privileges) stands behind this.
/// </remarks>
internal static class ReadOnlySql
{
    private const string Known = "SELECT, WITH, FROM, VALUES, TABLE, SHOW, DESCRIBE or EXPLAIN";

    private static readonly FrozenSet<string> FirstWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "SELECT",
        "WITH",
        "FROM",
        "VALUES",
        "TABLE",
        "SHOW",
        "DESCRIBE",
        "DESC",
        "EXPLAIN",
        "SUMMARIZE",
        "PIVOT",
        "UNPIVOT");

    /// <summary>Why a text is not one statement that only reads; null if it is one.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="syntax">How the warehouse reads it.</param>
    /// <param name="end">Where the statement ends, before what trails it.</param>
    public static SqlProblem? FindProblem(string sql, TokenList tokens, SqlSyntax syntax, out int end)
    {
        end = 0;
        if (sql.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            return new SqlProblem(nul, "The SQL holds a NUL character; remove it.");
        }

        // What trails it is cut; what leads it is not, so that every place in it stays where it is.
        var first = 0;
        while (tokens.Symbol(first) == ';')
        {
            first++;
        }

        for (var at = first; at < tokens.Count; at++)
        {
            if (tokens.Symbol(at) == ';')
            {
                continue;
            }

            if (at > first && tokens.Symbol(at - 1) == ';')
            {
                return new SqlProblem(tokens.Offset(at), "A second statement begins here; give one query at a time.");
            }

            end = tokens.All[at].End;
        }

        return tokens.Problem
            ?? (first == tokens.Count ? new SqlProblem(0, "The SQL is empty; write a query that begins with SELECT.") : null)
            ?? Statement(tokens, first)
            ?? Within(tokens, syntax);
    }

    private static SqlProblem? Statement(TokenList tokens, int at)
    {
        while (tokens.Symbol(at) == '(')
        {
            at++;
        }

        if (tokens.Word(at) is not { } word || !FirstWords.Contains(word))
        {
            return Refused(tokens, at);
        }

        return word.ToUpperInvariant() switch
        {
            "WITH" => With(tokens, at + 1),
            "EXPLAIN" => Explained(tokens, at + 1),
            _ => null,
        };
    }

    private static SqlProblem Refused(TokenList tokens, int at) => at < tokens.Count
        ? new SqlProblem(
            tokens.Offset(at),
            tokens.Word(at) is { } word
                ? $"{word.ToUpperInvariant()} is refused: only rows are read here. Begin with {Known}."
                : $"This is no query; begin it with {Known}.")
        : new SqlProblem(tokens.Count == 0 ? 0 : tokens.All[^1].End, $"A query is missing here; begin it with {Known}.");

    // EXPLAIN [ANALYZE] [(options)] of DuckDB, EXPLAIN [USING form] of Snowflake.
    private static SqlProblem? Explained(TokenList tokens, int at)
    {
        if (tokens.Is(at, "ANALYZE"))
        {
            at++;
        }

        if (tokens.Is(at, "USING"))
        {
            at += 2;
        }

        var isOptions = tokens.Symbol(at) == '('
            && tokens.Symbol(at + 1) != '('
            && !FirstWords.Contains(tokens.Word(at + 1) ?? string.Empty);
        return Statement(tokens, isOptions ? BehindBracket(tokens, at) : at);
    }

    // [RECURSIVE] name [(columns)] [USING KEY (columns)] AS [[NOT] MATERIALIZED] (query) [, …] query
    private static SqlProblem? With(TokenList tokens, int at)
    {
        if (tokens.Is(at, "RECURSIVE") && !tokens.Is(at + 1, "AS"))
        {
            at++;
        }

        while (true)
        {
            at++;
            at = tokens.Symbol(at) == '(' ? BehindBracket(tokens, at) : at;
            if (tokens.Is(at, "USING") && tokens.Is(at + 1, "KEY"))
            {
                at = BehindBracket(tokens, at + 2);
            }

            if (!tokens.Is(at, "AS"))
            {
                return Refused(tokens, at);
            }

            at++;
            at = tokens.Is(at, "NOT") ? at + 1 : at;
            at = tokens.Is(at, "MATERIALIZED") ? at + 1 : at;
            if (tokens.Symbol(at) != '(')
            {
                return Refused(tokens, at);
            }

            if (Statement(tokens, at + 1) is { } problem)
            {
                return problem;
            }

            at = BehindBracket(tokens, at);
            if (tokens.Symbol(at) != ',')
            {
                return Statement(tokens, at);
            }

            at++;
        }
    }

    // What may stand anywhere in it.
    private static SqlProblem? Within(TokenList tokens, SqlSyntax syntax)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens.Is(at, "INTO") && tokens.Symbol(at - 1) != '.' && !tokens.Is(at + 1, "NAME"))
            {
                // UNPIVOT … INTO NAME … VALUE … is DuckDB's way to name two columns.
                return new SqlProblem(tokens.Offset(at), "INTO is refused: only rows are read here. Take it out.");
            }

            if (CalledAt(tokens, at) is { } function && syntax.Acts(function))
            {
                return new SqlProblem(tokens.Offset(at), $"{function} is refused: it does more than to read rows.");
            }

            if (syntax.HasFlowOperator && tokens.Is(at, "NEXTVAL") && tokens.Symbol(at - 1) == '.')
            {
                return new SqlProblem(tokens.Offset(at), "NEXTVAL is refused: it moves the sequence on.");
            }

            if (syntax.HasFlowOperator && IsFlow(tokens, at) && Statement(tokens, at + 3) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? CalledAt(TokenList tokens, int at) =>
        tokens.Symbol(at + 1) == '(' && tokens.Name(at) is [var name] ? name.Text : null;

    private static bool IsFlow(TokenList tokens, int at) =>
        tokens.Symbol(at) == '-'
        && tokens.Symbol(at + 1) == '>'
        && tokens.Symbol(at + 2) == '>'
        && tokens.Offset(at + 2) == tokens.Offset(at) + 2;

    // Behind the bracket that closes the one there; the end of the text if none does.
    private static int BehindBracket(TokenList tokens, int at)
    {
        var depth = 0;
        for (; at < tokens.Count; at++)
        {
            depth += tokens.Symbol(at) switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return tokens.Count;
    }
}
