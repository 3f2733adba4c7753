namespace EltPs.Engine.Definitions;

/// <summary>Which connection a run used, as far as a journal may keep it: what tells one from another, and no value of it.</summary>
/// <param name="Name">The connection's name.</param>
/// <param name="Type">The connection's type.</param>
internal sealed record ConnectionIdentity(string Name, string Type)
{
    /// <summary>The database file's absolute path, if a path was given; null if the connection was found by its name.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>Whether it was given as keys and values, so that its name leads nowhere.</summary>
    public bool HasNoName { get; init; }

    /// <summary>A hash of those keys and values; null for any other connection.</summary>
    public string? ValuesHash { get; init; }

    /// <summary>That of a connection.</summary>
    public static ConnectionIdentity Of(ConnectionDefinition connection) => new(connection.Name, connection.Type)
    {
        DatabaseFile = connection.IsAdHoc ? connection.DatabaseFile : null,
        HasNoName = connection.HasNoName,
        ValuesHash = connection.ValuesHash,
    };

    /// <summary>
    /// Whether both lead to the same place: the same name, or where a path was given, the same file, however it was written. Keys and
    /// values are not compared: a resumed run is given them again.
    /// </summary>
    public bool IsSameAs(ConnectionIdentity other)
    {
        // The name of one that was given as a path is that path as it was written, and of keys and values the warehouse's type.
        var files = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Type == other.Type
            && string.Equals(DatabaseFile, other.DatabaseFile, files)
            && (DatabaseFile is not null || Name == other.Name);
    }

    /// <summary>The name and the type, and the file if one was given.</summary>
    public string Describe() => DatabaseFile is null ? ToString() : $"{this} at {DatabaseFile}";

    /// <summary>The name and the type.</summary>
    public override string ToString() => $"{Name} ({Type})";
}
