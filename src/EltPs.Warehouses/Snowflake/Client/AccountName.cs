namespace EltPs.Warehouses.Snowflake;

/// <summary>An account identifier as a key-pair token names it.</summary>
internal static class AccountName
{
    /// <summary>Upper case, without region and cloud, an organisation's dot as a hyphen.</summary>
    /// <remarks>
    /// Snowflake: "Authenticating Snowflake REST APIs with Snowflake", and the account rule of its example program that makes a token. An
    /// account locator loses everything behind the first dot (<c>xy12345.eu-central-1</c> is <c>XY12345</c>), a <c>.global</c> one
    /// everything from the first hyphen.
    /// </remarks>
    /// <param name="account">As written in the connection.</param>
    public static string ForToken(string account)
    {
        var name = account.Trim().ToUpperInvariant();
        if (name.EndsWith(".GLOBAL", StringComparison.Ordinal))
        {
            return name.Split('-', '.')[0];
        }

        var parts = name.Split('.');
        return IsOrganisationDotAccount(parts) ? $"{parts[0]}-{parts[1]}" : parts[0];
    }

    /// <summary>As host names have it: lower case, an organisation's dot and <c>_</c> as a hyphen, region and cloud behind dots.</summary>
    /// <param name="account">As written in the connection.</param>
    public static string ForHost(string account)
    {
        var name = account.Trim();

        // Before '_' is '-', which would make a region of MY_ACCOUNT.
        var isOrganisation = IsOrganisationDotAccount(name.ToUpperInvariant().Split('.'));
        return (isOrganisation ? name.Replace('.', '-') : name).Replace('_', '-').ToLowerInvariant();
    }

    private static bool IsOrganisationDotAccount(string[] parts) => parts.Length == 2 && !IsRegionOrCloud(parts[1]);

    // Every region that Snowflake names has a hyphen; an account's name within its organisation has none.
    private static bool IsRegionOrCloud(string part) =>
        part.Contains('-', StringComparison.Ordinal) || part is "AWS" or "AZURE" or "GCP" or "PRIVATELINK" or "GLOBAL" or "";
}
