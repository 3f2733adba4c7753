using System.Numerics;
using System.Text;

using EltPs.Engine.Sql;

namespace EltPs.Engine.Templates;

/// <summary>Writes a value in place of a placeholder, so that the warehouse reads this one value and nothing else.</summary>
internal static class ValueWriter
{
    /// <summary>Writes; what is wrong, in words, if the value cannot stand there.</summary>
    public static string? Write(StringBuilder sql, Placeholder placeholder, SqlValue value, SqlSyntax syntax)
    {
        if (placeholder.Context == PlaceholderContext.Expression)
        {
            if (value.Items is not null && !placeholder.IsAlone)
            {
                return $"{placeholder} is a list, and a list stands alone in brackets; write IN ({placeholder}).";
            }

            sql.Append(Literal(value, syntax));
            return null;
        }

        if (value.Text is not { } text)
        {
            var what = value.Items is null ? "NULL" : "a list";
            return $"{placeholder} is {what}, which has no text to put into quotes; write it outside of "
                + $"them{(value.Items is null ? string.Empty : $", as IN ({placeholder})")}.";
        }

        sql.Append(placeholder.Context switch
        {
            PlaceholderContext.Text => Double(text, '\''),
            PlaceholderContext.EscapedText => Double(Double(text, '\\'), '\''),
            PlaceholderContext.QuotedName => Double(text, '"'),
            _ => text,
        });
        return null;
    }

    /// <summary>A value as a literal of its type, which DuckDB and Snowflake read with the same meaning.</summary>
    /// <remarks>
    /// TIMESTAMPTZ and DATETIME (a time without a zone) are names that both know; TIMESTAMP alone is whatever the account says on
    /// Snowflake. A negative number has brackets: behind a minus it would begin a comment, and before a <c>^</c> or <c>::</c> it would lose
    /// its sign. Sources: Snowflake documentation, "Date &amp; time data types"; DuckDB documentation, "Timestamp Types".
    /// </remarks>
    public static string Literal(SqlValue value, SqlSyntax syntax) => value.Value switch
    {
        null => "NULL",
        IReadOnlyList<SqlValue> items => string.Join(", ", items.Select(item => Literal(item, syntax))),
        bool flag => flag ? "TRUE" : "FALSE",
        long or BigInteger or decimal or double => value.Text![0] == '-' ? $"({value.Text})" : value.Text,
        DateOnly => $"DATE '{value.Text}'",
        DateTime => $"CAST('{value.Text}' AS DATETIME)",
        DateTimeOffset => $"CAST('{value.Text}' AS TIMESTAMPTZ)",
        _ => $"'{Double(syntax.HasBackslashEscapes ? Double(value.Text!, '\\') : value.Text!, '\'')}'",
    };

    private static string Double(string text, char letter) =>
        text.Replace(letter.ToString(), new string(letter, 2), StringComparison.Ordinal);
}
