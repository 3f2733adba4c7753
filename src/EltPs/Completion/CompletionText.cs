using System.Management.Automation;
using System.Management.Automation.Language;

namespace EltPs.Completion;

/// <summary>Writes completions so that they can be pasted into a command line.</summary>
internal static class CompletionText
{
    /// <summary>What the user has typed so far, without a quote in front or behind.</summary>
    public static string Unquote(string? word) => (word ?? string.Empty).Trim('\'', '"');

    /// <summary>A completion, quoted if it has to be.</summary>
    public static CompletionResult Result(string text) =>
        new(
            IsBare(text) ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
            text,
            CompletionResultType.ParameterValue,
            text);

    private static bool IsBare(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '/' or '\\' or ':');
}
