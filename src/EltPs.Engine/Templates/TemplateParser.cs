using System.Text.RegularExpressions;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;

namespace EltPs.Engine.Templates;

/// <summary>Finds the placeholders of a text of SQL and what each of them stands in.</summary>
/// <remarks>
/// The lexer reads the text with every well-formed placeholder filled: so a bracket or a quote within one (<c>{{ '{{' }}</c>) is no SQL,
/// and every place stays where it is. The filler is a number for a value, and symbols for brackets that are meant.
/// </remarks>
internal sealed partial class TemplateParser(string sql, SqlSyntax syntax)
{
    private const char ValueFiller = '0';
    private const char BracketFiller = '~';
    private readonly List<(int Offset, int Length, string? Name)> _found = [];
    private readonly List<int> _malformed = [];
    private List<SqlToken> _tokens = [];

    /// <summary>The tokens of <see cref="Shape"/>, once it is read.</summary>
    public TokenList? Tokens { get; private set; }

    /// <summary>The text with each placeholder filled.</summary>
    public string Shape { get; private set; } = string.Empty;

    /// <summary>The placeholders, in the text's order; those in comments are none.</summary>
    public List<Placeholder> Placeholders { get; } = [];

    /// <summary>The places of <c>{{ '{{' }}</c>, which stands for two brackets.</summary>
    public List<(int Offset, int Length)> Escapes { get; } = [];

    /// <summary>What is wrong; null if nothing is.</summary>
    public SqlProblem? Parse()
    {
        Fill();
        Tokens = new TokenList(Shape, syntax);
        _tokens = Tokens.All;

        // What a placeholder was meant to be explains a text that is not closed, so it comes first.
        return FindMalformed(Tokens.Problem) ?? Tokens.Problem ?? Place();
    }

    private void Fill()
    {
        // Most texts have no placeholder, and are their own shape.
        char[]? shape = null;
        for (var at = 0; (at = sql.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            shape ??= sql.ToCharArray();
            var match = WellFormed().Match(sql, at);
            if (!match.Success)
            {
                _malformed.Add(at);
                at += 2;
                continue;
            }

            var name = match.Groups["name"] is { Success: true } group ? group.Value : null;
            Array.Fill(shape, name is null ? BracketFiller : ValueFiller, at, match.Length);
            _found.Add((at, match.Length, name));
            at += match.Length;
        }

        Shape = shape is null ? sql : new string(shape);
    }

    private SqlProblem? FindMalformed(SqlProblem? open)
    {
        // The lexer gives no token for a text that is not closed; a comment that is not closed still is a comment.
        var tokens =
            open is not null && Shape[open.Offset] != '/'
                ? _tokens.Append(new SqlToken(SqlTokenKind.Text, open.Offset, Shape.Length - open.Offset))
                : _tokens;
        var next = 0;
        foreach (var token in tokens)
        {
            while (next < _malformed.Count && _malformed[next] < token.Start)
            {
                next++;
            }

            var isBracket = token.Kind == SqlTokenKind.Symbol && Shape[token.Start] == '{';
            if ((next < _malformed.Count && _malformed[next] < token.End)
                || (isBracket && token.End < Shape.Length && Shape[token.End] is '%' or '#'))
            {
                var at = isBracket ? token.Start : _malformed[next];
                return new SqlProblem(at, PlaceholderAdvice.Malformed(sql.AsSpan(at)));
            }
        }

        return null;
    }

    private SqlProblem? Place()
    {
        var index = 0;
        var (line, lineStart) = (1, 0);
        for (var at = 0; at < _found.Count; at++)
        {
            var (offset, length, name) = _found[at];
            while (index < _tokens.Count && _tokens[index].End <= offset)
            {
                index++;
            }

            // No token: it stands in a comment, and is left alone.
            if (index == _tokens.Count || _tokens[index].Start > offset)
            {
                continue;
            }

            if (name is null)
            {
                Escapes.Add((offset, length));
                continue;
            }

            var (down, column) = TextPosition.Of(sql.AsSpan(lineStart, offset - lineStart));
            (line, lineStart) = (line + down - 1, offset - column + 1);
            var placeholder = new Placeholder(name, offset, length, ContextOf(_tokens[index]))
            {
                Line = line,
                Column = column,
                IsAlone = IsAlone(index),
            };
            if ((Backslash(placeholder, _tokens[index]) ?? Neighbour(placeholder, at)) is { } problem)
            {
                return new SqlProblem(offset, problem);
            }

            Placeholders.Add(placeholder);
        }

        return null;
    }

    private PlaceholderContext ContextOf(SqlToken token) => (token.Kind, Shape[token.Start]) switch
    {
        (SqlTokenKind.QuotedName, _) => PlaceholderContext.QuotedName,
        (SqlTokenKind.Text, '$') => PlaceholderContext.DollarText,
        (SqlTokenKind.Text, '\'') => syntax.HasBackslashEscapes ? PlaceholderContext.EscapedText : PlaceholderContext.Text,
        (SqlTokenKind.Text, _) => PlaceholderContext.EscapedText,
        _ => PlaceholderContext.Expression,
    };

    private bool IsAlone(int index) =>
        index > 0
        && index + 1 < _tokens.Count
        && Shape[_tokens[index - 1].Start] is '(' or '['
        && Shape[_tokens[index + 1].Start] is ')' or ']';

    // An odd backslash would take the value's first character, which may be the quote that was to be doubled.
    private string? Backslash(Placeholder placeholder, SqlToken token)
    {
        var slashes = 0;
        while (placeholder.Offset - slashes - 1 > token.Start && Shape[placeholder.Offset - slashes - 1] == '\\')
        {
            slashes++;
        }

        return placeholder.Context == PlaceholderContext.EscapedText && slashes % 2 == 1
            ? $"A backslash before {placeholder} would escape the value's first character; double it."
            : null;
    }

    private string? Neighbour(Placeholder placeholder, int at)
    {
        if (placeholder.Context != PlaceholderContext.Expression)
        {
            return null;
        }

        var touchesBefore = at > 0 && _found[at - 1] is { Name: not null } before && before.Offset + before.Length == placeholder.Offset;
        var touchesNext = at + 1 < _found.Count && _found[at + 1] is { Name: not null } next && next.Offset == placeholder.End;
        if (touchesBefore || touchesNext)
        {
            return $"{placeholder} touches another placeholder, and two literals would run together; write || between them, or both in one "
                + "pair of quotes.";
        }

        return IsFree(placeholder.Offset - 1) && IsFree(placeholder.End) ? null : PlaceholderAdvice.Touching(placeholder);
    }

    // All that may be part of a name, a number or a quoted text would become one with the literal; DuckDB takes any letter beyond ASCII for
    // a name's.
    private bool IsFree(int at) =>
        at < 0
        || at >= Shape.Length
        || char.IsWhiteSpace(Shape[at])
        || "()[]{},;=<>+-*/%|!^~?:".Contains(Shape[at], StringComparison.Ordinal);

    // On one line: in a line comment, a placeholder must not hide where the comment ends.
    [GeneratedRegex("""\G\{\{[ \t]*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|'\{\{'|"\{\{")[ \t]*\}\}""", RegexOptions.CultureInvariant)]
    private static partial Regex WellFormed();
}
