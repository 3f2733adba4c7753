using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Sql;

/// <summary>Questions about a text of SQL.</summary>
internal static class SqlText
{
    /// <summary>One query, without what trails it: semicolons, white space, comments.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidSql"/>: the text is not one query.</exception>
    public static string SingleStatement(string sql, SqlSyntax syntax) =>
        TrySingleStatement(sql, syntax, out var statement, out var problem)
            ? statement
            : throw new EltException(EltErrorKind.InvalidSql, problem!.Message);

    /// <summary>Cuts what trails one query; false, with the problem, if the text is not one query.</summary>
    /// <remarks>
    /// The query goes behind <c>CREATE TABLE … AS</c>, so it must be one: a second statement would be executed too, and anything but a
    /// query would be a syntax error that names the wrong thing.
    /// </remarks>
    public static bool TrySingleStatement(string sql, SqlSyntax syntax, out string statement, out SqlProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(sql);
        statement = string.Empty;
        problem = FindProblem(sql, new TokenList(sql, syntax), out var end);
        if (problem is null)
        {
            statement = sql[..end];
        }

        return problem is null;
    }

    /// <summary>
    /// The names in a text, in its order: each run of plain or quoted names with dots between. Keywords, functions and columns are among
    /// them, because telling them apart takes a parser; who asks compares with the names that they know.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Identifier>> References(string sql, SqlSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var references = new List<IReadOnlyList<Identifier>>();
        var parts = new List<Identifier>();
        var lexer = new SqlLexer(sql, syntax);
        var isAfterDot = false;
        while (lexer.TryRead(out var token))
        {
            var isDot = token.Kind == SqlTokenKind.Symbol && sql[token.Start] == '.';
            if (!isAfterDot && !isDot)
            {
                Flush(references, ref parts);
            }

            if (ToIdentifier(sql.AsSpan(token.Start, token.Length), token.Kind) is { } part)
            {
                parts.Add(part);
            }
            else if (!isDot)
            {
                Flush(references, ref parts);
            }

            isAfterDot = isDot;
        }

        Flush(references, ref parts);
        return references;
    }

    /// <summary>Whether a text is expressions with commas between: something, no open bracket or text, no end of a statement.</summary>
    public static bool IsExpressionList(string sql, SqlSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var lexer = new SqlLexer(sql, syntax);
        var depth = 0;
        var last = 0;
        while (lexer.TryRead(out var token))
        {
            last = token.End;
            if (token.Kind != SqlTokenKind.Symbol)
            {
                continue;
            }

            depth += sql[token.Start] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0 || sql[token.Start] == ';')
            {
                return false;
            }
        }

        // A comment at its end would swallow the bracket behind it.
        return lexer.Problem is null
            && depth == 0
            && last > 0
            && string.IsNullOrWhiteSpace(sql[last..])
            && !sql.Contains('\0', StringComparison.Ordinal);
    }

    /// <summary>Why a text is not one query; null if it is one.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="end">Where the query ends, before what trails it.</param>
    internal static SqlProblem? FindProblem(string sql, TokenList tokens, out int end)
    {
        end = 0;
        // Drivers written in C take a NUL for the end of the statement.
        if (sql.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            return new SqlProblem(nul, "The SQL holds a NUL character; remove it.");
        }

        var isEnded = false;
        foreach (var token in tokens.All)
        {
            if (token.Kind == SqlTokenKind.Symbol && sql[token.Start] == ';')
            {
                isEnded = end > 0;
                continue;
            }

            if (isEnded)
            {
                return new SqlProblem(
                    token.Start,
                    "A second statement begins here; a table is built by one query, so remove it or make it a table of its own.");
            }

            if (end == 0 && !BeginsQuery(sql.AsSpan(token.Start, token.Length)))
            {
                return new SqlProblem(
                    token.Start,
                    "The SQL is not a query; begin it with SELECT, WITH, FROM or VALUES, because it follows CREATE TABLE … AS.");
            }

            end = token.End;
        }

        return tokens.Problem ?? (end == 0 ? new SqlProblem(0, "The SQL is empty; write a query that begins with SELECT.") : null);
    }

    private static bool BeginsQuery(ReadOnlySpan<char> word) =>
        word is "("
        || word.Equals("SELECT", StringComparison.OrdinalIgnoreCase)
        || word.Equals("WITH", StringComparison.OrdinalIgnoreCase)
        || word.Equals("FROM", StringComparison.OrdinalIgnoreCase)
        || word.Equals("VALUES", StringComparison.OrdinalIgnoreCase);

    internal static Identifier? ToIdentifier(ReadOnlySpan<char> text, SqlTokenKind kind)
    {
        if (kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName) || char.IsAsciiDigit(text[0]))
        {
            return null;
        }

        var written = text.ToString();
        return Identifier.TryParse(written, out var plain) || Identifier.TryParse(Identifier.Quote(written), out plain) ? plain : null;
    }

    private static void Flush(List<IReadOnlyList<Identifier>> references, ref List<Identifier> parts)
    {
        if (parts.Count > 0)
        {
            references.Add(parts);
            parts = [];
        }
    }
}
