namespace EltPs.Warehouses.Snowflake;

/// <summary>The environment variables <c>SNOWFLAKE_CONNECTIONS_&lt;NAME&gt;_&lt;KEY&gt;</c>.</summary>
/// <remarks>Source: Snowflake documentation, "Managing Snowflake connections", environment variables.</remarks>
internal static class ConnectionVariables
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "SNOWFLAKE_CONNECTIONS_";

    /// <summary>
    /// The variables by connection, whose name is in lower case; each key with its value, or with a reference to it if it is a secret.
    /// </summary>
    /// <param name="variables">The environment.</param>
    public static Dictionary<string, Dictionary<string, string>> Read(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var connections = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (variable, value) in variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(value) || !TryParse(variable, out var name, out var key))
            {
                continue;
            }

            if (!connections.TryGetValue(name, out var values))
            {
                connections.Add(name, values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
            }

            values.TryAdd(key.Name, key.IsSecret ? $"env:{variable}" : value);
        }

        return connections;
    }

    // The first underline behind which a key stands makes the longest key: PROD_PRIVATE_KEY_FILE is not the key "file" of
    // "prod_private_key", and MY_PROD_USER is the user of "my_prod".
    private static bool TryParse(string variable, out string name, out SnowflakeKey key)
    {
        (name, key) = (string.Empty, null!);
        if (!variable.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = variable[Prefix.Length..];
        for (var end = rest.IndexOf('_', StringComparison.Ordinal); end >= 0; end = rest.IndexOf('_', end + 1))
        {
            if (end > 0 && end < rest.Length - 1 && rest[end + 1] != '_' && SnowflakeKeys.Find(rest[(end + 1)..]) is { } found)
            {
                (name, key) = (rest[..end].ToLowerInvariant(), found);
                return true;
            }
        }

        return false;
    }
}
