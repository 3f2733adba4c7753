using EltPs.Engine.Warehouses;

namespace EltPs.Objects;

/// <summary>A connection that can be named, and where it comes from. Never a value of it, and never a secret.</summary>
public sealed class EltConnection : EltObject
{
    internal EltConnection(KnownConnection known)
        : base(known)
    {
        Name = known.Name;
        Type = known.Type;
        Origin = known.Origin;
        Problem = known.Problem;
    }

    /// <summary>The name that selects it.</summary>
    public string Name { get; }

    /// <summary>The warehouse's type.</summary>
    public string Type { get; }

    /// <summary>Where it is defined: a file's path, or what kind of variable.</summary>
    public string Origin { get; }

    /// <summary>What is wrong with it and the way out; null if it can be used.</summary>
    public string? Problem { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
