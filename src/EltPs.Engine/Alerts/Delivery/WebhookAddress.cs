using System.Diagnostics.CodeAnalysis;

namespace EltPs.Engine.Alerts;

/// <summary>The address of a webhook, which is a secret: with it, anybody can write into the channel behind it.</summary>
internal sealed class WebhookAddress
{
    private const int ShownCharacters = 4;

    // Below this length four characters would be too much of the secret.
    private const int ShortestShown = 24;
    private readonly Uri _address;

    private WebhookAddress(Uri address) => _address = address;

    /// <summary>Reads an address: https, or http to this machine itself.</summary>
    /// <param name="text">The text. It is not shown in the problem.</param>
    /// <param name="webhook">The webhook; null if there is a problem.</param>
    /// <param name="problem">What is wrong, in words; null if nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookAddress? webhook, [NotNullWhen(false)] out string? problem)
    {
        webhook = null;
        problem = !Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0
                ? "it is not a web address that begins with https://"
            : address.UserInfo.Length > 0 ? "it has a user name in it"
            : address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) ? null
            : "it does not begin with https://, so others could read it on its way";
        webhook = problem is null ? new WebhookAddress(address!) : null;
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
