using EltPs.Objects;

namespace EltPs.Connections;

/// <summary>What a connection answered. Null where the warehouse has no such thing, or none is set; never a secret.</summary>
public sealed class ConnectionTestResult : EltObject
{
    internal ConnectionTestResult()
        : base(source: null)
    {
    }

    /// <summary>The connection's name.</summary>
    public string Name { get; internal init; } = string.Empty;

    /// <summary>The warehouse's type.</summary>
    public string Type { get; internal init; } = string.Empty;

    /// <summary>The account, or the database file.</summary>
    public string? Account { get; internal init; }

    /// <summary>The user.</summary>
    public string? User { get; internal init; }

    /// <summary>The role.</summary>
    public string? Role { get; internal init; }

    /// <summary>The compute warehouse.</summary>
    public string? Warehouse { get; internal init; }

    /// <summary>The current database.</summary>
    public string? Database { get; internal init; }

    /// <summary>The current schema.</summary>
    public string? Schema { get; internal init; }

    /// <summary>The version of the warehouse's software.</summary>
    public string? Version { get; internal init; }

    /// <summary>How it signed in and over which protocol, in words.</summary>
    public string SignIn { get; internal init; } = string.Empty;

    /// <summary>The time from the question to the answer, once the connection was open, in seconds.</summary>
    public double Latency { get; internal init; }

    /// <summary>The connection's name and the warehouse's type.</summary>
    public override string ToString() => $"{Name} ({Type})";
}
