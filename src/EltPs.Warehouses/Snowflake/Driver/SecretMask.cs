using System.Data.Common;
using System.Text.RegularExpressions;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Keeps the secrets of a connection string out of what people see.</summary>
/// <remarks>
/// The driver masks secrets in its own log, not in its exceptions. Nothing is kept here between two errors: the values are read from the
/// connection string that the driver holds anyway.
/// </remarks>
internal sealed partial class SecretMask
{
    // Those that Core/Session/SFSessionProperty.cs of the driver marks as secret.
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "private_key", "private_key_pwd", "token", "proxypassword", "passcode", "oauthclientsecret",
    };

    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);

    /// <param name="connectionString">The connection string as the driver has it; null or empty for none.</param>
    public SecretMask(string? connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (string key in builder.Keys)
        {
            if (Keys.Contains(key) && builder[key] is string { Length: > 0 } value)
            {
                AddForms(value);
            }
        }
    }

    /// <summary>Whether a text can be shown.</summary>
    public bool IsClean(string text) =>
        !ConnectionStringPart().IsMatch(text) && !_forms.Any(form => text.Contains(form, StringComparison.Ordinal));

    /// <summary>The text, or a note in its place.</summary>
    public string Clean(string text) => IsClean(text) ? text : "(the driver's message is not shown, because a secret is in it)";

    // As it may stand in a text: whole, in a URL, in JSON, or a line of it (a key).
    private void AddForms(string value)
    {
        foreach (var part in value.Split('\n', StringSplitOptions.TrimEntries).Where(static line => line.Length >= 16).Append(value))
        {
            _forms.Add(part);
            _forms.Add(Uri.EscapeDataString(part));
            _forms.Add(System.Text.Json.JsonEncodedText.Encode(part).ToString());
        }
    }

    [GeneratedRegex(
        @"\b(password|passcode|token|private_key|private_key_pwd|oauthclientsecret|proxypassword)\s*=",
        RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionStringPart();
}
