namespace EltPs.Engine.Warehouses;

/// <summary>
/// What a warehouse says about a session: who signed in, and what is in use. Null where the warehouse has no such thing, or none is set.
/// </summary>
internal sealed record ConnectionReport
{
    /// <summary>How the session signed in and over which protocol, in words (<c>key pair, SQL API</c>); never a secret.</summary>
    public required string SignIn { get; init; }

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
}
