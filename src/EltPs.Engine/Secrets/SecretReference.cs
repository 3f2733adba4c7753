using System.Diagnostics.CodeAnalysis;

namespace EltPs.Engine.Secrets;

/// <summary>
/// Where a secret is, never the secret: <c>env:NAME</c>, <c>file:PATH</c>, <c>secret:VAULT/NAME</c> or <c>secret:NAME</c>.
/// </summary>
/// <remarks>
/// A fourth kind, <c>toml:PATH#connection.key</c>, is not written by hand: it stands for a value of Snowflake's own connections.toml, so
/// that what those tools keep there is read when it is needed and held by no object before.
/// </remarks>
/// <param name="Kind">Which kind of place.</param>
/// <param name="Place">The place, behind the colon.</param>
public sealed record SecretReference(SecretKind Kind, string Place)
{
    private static readonly Dictionary<string, SecretKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["env"] = SecretKind.Environment,
        ["file"] = SecretKind.File,
        ["secret"] = SecretKind.Vault,
        ["toml"] = SecretKind.ConnectionsToml,
    };

    /// <summary>Reads a reference; false if the text is none. Such a text may be the secret itself: do not show it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SecretReference? reference)
    {
        reference = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0 || !Kinds.TryGetValue(text![..colon], out var kind) || string.IsNullOrWhiteSpace(text[(colon + 1)..]))
        {
            return false;
        }

        reference = new SecretReference(kind, text[(colon + 1)..].Trim());
        return true;
    }

    /// <summary>The reference as it is written.</summary>
    public override string ToString() => $"{Kinds.First(pair => pair.Value == Kind).Key}:{Place}";
}
