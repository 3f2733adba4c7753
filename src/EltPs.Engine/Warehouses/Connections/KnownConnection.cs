using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;

namespace EltPs.Engine.Warehouses;

/// <summary>A connection that can be named, and where it comes from.</summary>
/// <param name="Name">The name that selects it.</param>
/// <param name="Type">The warehouse's type.</param>
/// <param name="Origin">Where it is defined: a file's path, or what kind of variable.</param>
public sealed record KnownConnection(string Name, string Type, string Origin)
{
    /// <summary>
    /// The connection itself, which holds references to secrets and never a secret; null if <see cref="Problem"/> says why it cannot be
    /// used.
    /// </summary>
    public ConnectionDefinition? Definition { get; init; }

    /// <summary>What is wrong with it and the way out; null if nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The connection itself.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: it has a problem.</exception>
    public ConnectionDefinition Usable() =>
        Definition
        ?? throw new EltException(EltErrorKind.InvalidConnection, $"The connection '{Name}' of {Origin} cannot be used: {Problem}");

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
