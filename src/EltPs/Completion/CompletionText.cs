using System.Management.Automation;
using EltPs.Engine.Names;

namespace EltPs.Completion;

/// <summary>Writes completions so that they can be pasted into a command line.</summary>
internal static class CompletionText
{
    /// <summary>What the user has typed so far, without a quote in front or behind.</summary>
    public static string Unquote(string? word) => (word ?? string.Empty).Trim('\'', '"');

    /// <summary>A completion, quoted if it has to be.</summary>
    public static CompletionResult Result(string text) => Result(text, CompletionResultType.ParameterValue, text, text);

    /// <summary>A completion, quoted if it has to be.</summary>
    /// <param name="text">The value.</param>
    /// <param name="type">What it is.</param>
    /// <param name="listed">What a list of completions shows.</param>
    /// <param name="tip">What it means.</param>
    public static CompletionResult Result(string text, CompletionResultType type, string listed, string tip) =>
        new(IsBare(text) ? text : PowerShellLiteral.Quote(text), listed, type, tip);

    private static bool IsBare(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '/' or '\\' or ':');
}
