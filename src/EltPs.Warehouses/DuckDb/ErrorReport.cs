using System.Text.Json;
using System.Text.RegularExpressions;

using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>An error that DuckDB told as JSON (its setting <c>errors_as_json</c>): its words, and the place in the statement.</summary>
/// <param name="Failure">The error in DuckDB's usual words, without the piece of SQL that it shows behind them.</param>
/// <param name="Type">DuckDB's type of it, such as <c>Binder</c>; null if it told no JSON.</param>
/// <param name="Position">The place as DuckDB counts; null if it told none.</param>
/// <param name="Name">What is named as the cause; null for nothing.</param>
internal sealed partial record ErrorReport(EltException Failure, string? Type, int? Position, string? Name)
{
    // The parser counts characters, whoever looks at its result counts bytes of UTF-8: seen with DuckDB 1.5, and told nowhere.
    private const string Parser = "Parser";

    /// <summary>Reads it.</summary>
    public static ErrorReport Of(EltException failure)
    {
        var text = failure.InnerException?.Message ?? failure.What;
        var start = text.IndexOf('{', StringComparison.Ordinal);
        if (start < 0
            || Read(text[start..]) is not { } report
            || Text(report, "exception_type") is not { } type
            || Text(report, "exception_message") is not { } message)
        {
            return new ErrorReport(failure, null, null, null);
        }

        var told = new EltException(EltErrorKind.StatementFailed, DuckDbErrors.Explain($"{type} Error: {message}"), failure.InnerException)
        {
            Statement = failure.Statement,
            VendorCode = type.Replace(" ", string.Empty, StringComparison.Ordinal),
        };
        var name = Text(report, "name") ?? (Called().Match(message) is { Success: true } called ? called.Groups[1].Value : null);
        return new ErrorReport(told, type, int.TryParse(Text(report, "position"), out var position) ? position : null, name);
    }

    /// <summary>What is wrong with the query that begins somewhere in the statement.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="before">The number of characters in front of it, all of them ASCII.</param>
    public TrialFault Within(string sql, int before)
    {
        var offset = Position is { } position ? Offset(sql, position - before) : null;
        return new TrialFault(Failure, offset is { } at && Fits(sql, at) ? at : null, Type == Parser);
    }

    private int? Offset(string sql, int position)
    {
        var at = 0;
        foreach (var rune in sql.EnumerateRunes())
        {
            if (position <= 0)
            {
                break;
            }

            position -= Type == Parser ? 1 : rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }

        return position == 0 && at < sql.Length ? at : null;
    }

    // An error within a view or a macro tells the place in the text of that.
    private bool Fits(string sql, int at) =>
        (at == 0 || !IsWord(sql[at - 1]) || !IsWord(sql[at]))
        && !char.IsWhiteSpace(sql[at])
        && (
            Name is null
            || Type == Parser
            || Chain().Match(sql, at).Value.Contains(Name, StringComparison.OrdinalIgnoreCase)
            || sql.AsSpan(at).StartsWith(Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    private static JsonElement? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement report, string key) =>
        report.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A name with dots between its parts, each plain or quoted.
    [GeneratedRegex("""\G(?:"(?:[^"]|"")*"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[\w$]+))*""")]
    private static partial Regex Chain();

    // The function or the operator in: No function matches … 'strftime(INTEGER)'; … function call "+(VARCHAR, INTEGER)".
    [GeneratedRegex("""['"]([^'"()\s]+)\([^'"]*\)['"]""")]
    private static partial Regex Called();
}
