using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EltPs.Engine.Definitions;

/// <summary>
/// A link with placeholders: <c>{runId}</c> and <c>{pipeline}</c>, written so that they fit into an address, and <c>{env:NAME}</c>, taken
/// as it is, because a build agent's variable is most often an address itself.
/// </summary>
public sealed partial record LinkTemplate
{
    private const string EnvironmentPrefix = "env:";

    private LinkTemplate(string text) => Text = text;

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template; null if there is a problem.</param>
    /// <param name="problem">What is wrong, in words; null if nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LinkTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unknown = Placeholder().Matches(text).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !IsKnown(name));
        var isVariable = text.TrimStart().StartsWith("{env:", StringComparison.Ordinal);
        var filled = Placeholder().Replace(text.Trim(), match => match.Index == 0 && isVariable ? "https://example.org/" : "x");
        problem = unknown is not null ? $"the placeholder {{{unknown}}} is unknown; write {{runId}}, {{pipeline}} or {{env:NAME}}"
            : !IsAddress(filled) ? "it is no web address; begin with 'https://' or with '{env:NAME}'"
            : null;
        template = problem is null ? new LinkTemplate(text.Trim()) : null;
        return problem is null;
    }

    /// <summary>The link; null if a variable is not set, or if what comes of it is no web address.</summary>
    /// <param name="runId">The run; null outside of one, and a template that wants it gives no link.</param>
    /// <param name="pipeline">The pipeline's name; null if there is none.</param>
    /// <param name="variable">The value of an environment variable by its name; null if it is not set.</param>
    public Uri? Fill(string? runId, string? pipeline, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var isWhole = true;
        var filled = Placeholder().Replace(Text, match =>
        {
            var name = match.Groups["name"].Value;
            var value = name switch
            {
                "runId" => runId is null ? null : Uri.EscapeDataString(runId),
                "pipeline" => pipeline is null ? null : Uri.EscapeDataString(pipeline),
                _ => variable(name[EnvironmentPrefix.Length..]),
            };
            isWhole = isWhole && !string.IsNullOrEmpty(value);
            return value ?? string.Empty;
        });
        return isWhole && IsAddress(filled) ? new Uri(filled) : null;
    }

    /// <summary>The template as written.</summary>
    public override string ToString() => Text;

    private static bool IsKnown(string name) =>
        name is "runId" or "pipeline"
        || (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && name.Length > EnvironmentPrefix.Length);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Placeholder();
}
