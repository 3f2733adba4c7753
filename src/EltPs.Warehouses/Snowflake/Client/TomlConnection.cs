namespace EltPs.Warehouses.Snowflake;

/// <summary>
/// A table of Snowflake's connections.toml. Holds secrets: it lives as long as it takes to read one value, or to make references.
/// </summary>
/// <param name="Name">The table's name.</param>
/// <param name="Written">Its texts, numbers and truth values as text, by their keys as written.</param>
internal sealed record TomlConnection(string Name, IReadOnlyDictionary<string, string> Written)
{
    /// <summary>The name; never a value.</summary>
    public override string ToString() => Name;
}
