using EltPs.Engine.Definitions;

namespace EltPs.Engine.Warehouses;

/// <summary>A connection that can be named, and where it comes from.</summary>
/// <param name="Name">The name that selects it.</param>
/// <param name="Type">The warehouse's type.</param>
/// <param name="Origin">Where it is defined: a file's path, or what kind of variable.</param>
public sealed record KnownConnection(string Name, string Type, string Origin)
{
    /// <summary>The connection itself, which holds references to secrets and never a secret; null if <see cref="Problem"/> says why it cannot be used.</summary>
    public ConnectionDefinition? Definition { get; init; }

    /// <summary>What is wrong with it and the way out; null if nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
