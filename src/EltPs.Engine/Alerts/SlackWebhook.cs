using System.Diagnostics.CodeAnalysis;

namespace EltPs.Engine.Alerts;

/// <summary>The address of an incoming webhook, which is a secret: who has it can write into the channel.</summary>
/// <remarks>Source: Slack API documentation, "Sending messages using incoming webhooks".</remarks>
public sealed class SlackWebhook
{
    private const int ShownCharacters = 4;

    // Below this length four characters would be too much of the secret.
    private const int ShortestShown = 24;
    private readonly Uri _address;

    private SlackWebhook(Uri address) => _address = address;

    /// <summary>Reads an address: https, or http to this machine itself.</summary>
    /// <param name="text">The text. It is not shown in the problem.</param>
    /// <param name="webhook">The webhook; null if there is a problem.</param>
    /// <param name="problem">What is wrong, in words; null if nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SlackWebhook? webhook, [NotNullWhen(false)] out string? problem)
    {
        webhook = null;
        problem = !Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0
                ? "it is no web address such as https://hooks.slack.com/services/…"
            : address.UserInfo.Length > 0 ? "it has a user name in it"
            : address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) ? null
            : "it does not begin with https://, so it would travel for all to read";
        webhook = problem is null ? new SlackWebhook(address!) : null;
        return problem is null;
    }

    /// <summary>The whole address, for the request only.</summary>
    internal Uri Address => _address;

    /// <summary>
    /// The host and the address's last four characters, which is enough to tell webhooks apart and too little to use one.
    /// </summary>
    public override string ToString()
    {
        var path = _address.PathAndQuery;
        return path.Length < ShortestShown ? $"{_address.Host}/…" : $"{_address.Host}/…{path[^ShownCharacters..]}";
    }
}
