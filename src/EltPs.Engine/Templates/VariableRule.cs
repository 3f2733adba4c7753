using System.Text.RegularExpressions;

namespace EltPs.Engine.Templates;

/// <summary>What a pipeline's own variables may be, in its file and on the command line.</summary>
internal static partial class VariableRule
{
    private static readonly string[] SecretPrefixes = ["env:", "file:", "secret:"];

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    public static string? NameProblem(string name) =>
        RunValues.IsName(name) ? "is a value that every run has; choose another name"
        : Name().IsMatch(name) ? null
        : "is no name of a variable; write letters, digits and _, no digit first";

    /// <summary>What is wrong with a value; null if nothing is. Never shows the value.</summary>
    public static string? ValueProblem(SqlValue value)
    {
        var texts = value.Items is { } items ? items.Select(item => item.Value).OfType<string>() : [value.Value as string ?? string.Empty];
        return texts.Select(Prefix).FirstOrDefault(prefix => prefix is not null) is { } found
            ? $"begins with {found}, as where a secret is kept; SQL is seen in plans, journals and query histories, so no secret is read "
                + "into it. Write a plain value"
            : null;
    }

    private static string? Prefix(string text) =>
        Array.Find(SecretPrefixes, prefix => text.AsSpan().TrimStart().StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
