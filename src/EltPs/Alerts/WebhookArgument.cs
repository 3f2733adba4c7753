using System.Runtime.InteropServices;
using System.Security;

using EltPs.Engine.Alerts;
using EltPs.Engine.Secrets;

namespace EltPs.Alerts;

/// <summary>What -Webhook was given: a reference to a webhook's address, or the address itself, as text or as a secure string.</summary>
public sealed class WebhookArgument
{
    private readonly string? _text;
    private readonly SecureString? _secure;

    /// <summary>A reference (<c>env:NAME</c>, <c>file:PATH</c>, <c>secret:VAULT/NAME</c>) or an address.</summary>
    public WebhookArgument(string text) => _text = text;

    /// <summary>An address.</summary>
    public WebhookArgument(SecureString address) => _secure = address;

    /// <summary>The reference, or as much of the address as may be shown.</summary>
    public override string ToString() => ToTarget(string.Empty, out _)?.ToString() ?? "webhook";

    /// <summary>Where messages go; null if it is no address and no reference.</summary>
    /// <param name="currentFolder">The folder that a relative path starts from.</param>
    /// <param name="problem">What is wrong, in words, without the text; null if nothing is.</param>
    internal AlertTarget? ToTarget(string currentFolder, out string? problem)
    {
        problem = null;
        if (SecretReference.TryParse(_text, out var reference) && reference.Kind != SecretKind.ConnectionsToml)
        {
            return AlertTarget.Of(reference, currentFolder);
        }

        return WebhookAddress.TryParse(_text ?? Reveal(_secure!), out var webhook, out problem) ? AlertTarget.Of(webhook) : null;
    }

    private static string Reveal(SecureString secure)
    {
        var memory = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            return Marshal.PtrToStringUni(memory) ?? string.Empty;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }
}
