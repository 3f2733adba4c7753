namespace EltPs.Connections;

/// <summary>What a connection answered. Null where the warehouse has no such thing, or none is set; never a secret.</summary>
public sealed record ConnectionTestResult
{
    /// <summary>The connection's name.</summary>
    public required string Name { get; init; }

    /// <summary>The warehouse's type.</summary>
    public required string Type { get; init; }

    /// <summary>The account, or the database file.</summary>
    public string? Account { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The role.</summary>
    public string? Role { get; init; }

    /// <summary>The compute warehouse.</summary>
    public string? Warehouse { get; init; }

    /// <summary>The current database.</summary>
    public string? Database { get; init; }

    /// <summary>The current schema.</summary>
    public string? Schema { get; init; }

    /// <summary>The version of the warehouse's software.</summary>
    public string? Version { get; init; }

    /// <summary>How it signed in and over which protocol, in words.</summary>
    public required string SignIn { get; init; }

    /// <summary>The time from the question to the answer, once the connection was open.</summary>
    public required TimeSpan Latency { get; init; }
}
