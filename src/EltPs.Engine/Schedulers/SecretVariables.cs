using EltPs.Engine.Definitions;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Schedulers;

/// <summary>Which environment variables a run of a pipeline reads secrets from.</summary>
internal static class SecretVariables
{
    /// <summary>Their names, each once, without the values.</summary>
    public static IReadOnlyList<string> Of(PipelineDefinition pipeline) =>
    [
        .. pipeline.Session.Connection.Values
            .OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => SecretReference.TryParse(value.Value, out var reference) ? reference : null)
            .Concat(pipeline.Alerts?.Channels.SelectMany(channel => channel.Targets) ?? [])
            .Where(reference => reference?.Kind == SecretKind.Environment && IsName(reference.Place))
            .Select(reference => reference!.Place)
            .Distinct(StringComparer.Ordinal),
    ];

    // Another name can be set by no scheduler, and could be anything in its file.
    private static bool IsName(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
