using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;


namespace EltPs.Warehouses.Snowflake;

/// <summary>From the account (or a host, a port and a protocol) to the address that requests go to.</summary>
/// <remarks>
/// Source: Snowflake documentation, "Account identifiers": the forms, and <c>_</c> as <c>-</c> in a host name. Regions in China are below
/// .cn: the .NET driver's "Connecting" page, host.
/// </remarks>
internal static partial class SnowflakeEndpoint
{
    private const string Domain = ".snowflakecomputing.com";
    private const string ChineseDomain = ".snowflakecomputing.cn";

    /// <summary>The address; null after a problem. No problem shows a value, because a value at the wrong key may be a secret.</summary>
    public static Uri? Read(IReadOnlyDictionary<string, string> values, ICollection<(string Key, string Message)> problems)
    {
        var before = problems.Count;
        var account = ReadAccount(values, problems);
        var host =
            values.TryGetValue(SnowflakeKeys.Host, out var written) ? ReadHost(written, problems)
            : account is null ? null
            : HostOf(account);
        var port = ReadPort(values, problems);
        var isPlain = ReadIsPlain(values, problems);
        if (isPlain && host is not null && !IsLoopback(host))
        {
            problems.Add(
                (
                    SnowflakeKeys.Protocol,
                    "plain http would show the sign-in to everybody on the way; it is allowed to a loopback host only (Host = "
                        + "'localhost'). Remove Protocol."));
        }

        if (problems.Count > before)
        {
            return null;
        }

        var scheme = isPlain ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return new UriBuilder(scheme, host!, port ?? -1, "/").Uri;
    }

    private static string? ReadAccount(IReadOnlyDictionary<string, string> values, ICollection<(string Key, string Message)> problems)
    {
        if (!values.TryGetValue(SnowflakeKeys.Account, out var account))
        {
            problems.Add(
                (
                    SnowflakeKeys.Account,
                    "it is missing; add Account = 'organisation-account', or the locator with its region: 'xy12345.eu-central-1'."));
            return null;
        }

        if (Account().IsMatch(account) && !account.Contains("..", StringComparison.Ordinal) && !IsUnderDomain(account))
        {
            return account;
        }

        problems.Add((SnowflakeKeys.Account, Advice(account)));
        return null;
    }

    private static string Advice(string account)
    {
        var host =
            Uri.TryCreate(account.Trim(), UriKind.Absolute, out var address) && address.Host.Length > 0
                ? address.Host
                : account.Trim().Split('/')[0];
        if (IsUnderDomain(host) && Account().IsMatch(host))
        {
            return $"this is an address, not an account; write Account = "
                + $"'{host[..host.LastIndexOf(".snowflakecomputing.", StringComparison.OrdinalIgnoreCase)]}'.";
        }

        return account.Contains('/', StringComparison.Ordinal)
            ? "this is an address, not an account; write the account only, as in 'organisation-account'. Another host goes to Host."
            : "an account has letters, digits, '-', '_' and '.' only, as in 'organisation-account' or 'xy12345.eu-central-1'.";
    }

    private static bool IsUnderDomain(string host) =>
        host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith(ChineseDomain, StringComparison.OrdinalIgnoreCase);

    private static string HostOf(string account)
    {
        var parts = account.Split('.');
        var domain = parts.Length > 1 && parts[1].StartsWith("cn-", StringComparison.OrdinalIgnoreCase) ? ChineseDomain : Domain;
        return AccountName.ForHost(account) + domain;
    }

    private static string? ReadHost(string written, ICollection<(string Key, string Message)> problems)
    {
        var host = written.Trim();
        if (Uri.CheckHostName(host) != UriHostNameType.Unknown)
        {
            return host;
        }

        problems.Add(
            (
                SnowflakeKeys.Host,
                "this is no host name; write the name only, without https:// in front, and without a port or a path behind."));
        return null;
    }

    private static int? ReadPort(IReadOnlyDictionary<string, string> values, ICollection<(string Key, string Message)> problems)
    {
        if (!values.TryGetValue(SnowflakeKeys.Port, out var written))
        {
            return null;
        }

        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
        {
            return port;
        }

        problems.Add((SnowflakeKeys.Port, "write a number from 1 to 65535."));
        return null;
    }

    private static bool ReadIsPlain(IReadOnlyDictionary<string, string> values, ICollection<(string Key, string Message)> problems)
    {
        switch (values.GetValueOrDefault(SnowflakeKeys.Protocol)?.Trim().ToUpperInvariant())
        {
            case null or "HTTPS":
                return false;
            case "HTTP":
                return true;
            default:
                problems.Add((SnowflakeKeys.Protocol, "write 'https', which is also what goes without saying."));
                return false;
        }
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\z")]
    private static partial Regex Account();
}
