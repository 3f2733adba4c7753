using EltPs.Engine.Errors;

namespace EltPs.Engine.Warehouses;

/// <summary>The connections of one place, or of several that belong together.</summary>
/// <param name="Connections">The connections.</param>
/// <param name="Places">Where was looked, in words: paths of files that may not exist, kinds of variables.</param>
/// <param name="Problems">Files that cannot be used: whether they define a name, nobody can tell. The messages name file and way
/// out.</param>
internal sealed record FoundConnections(
    IReadOnlyList<KnownConnection> Connections, IReadOnlyList<string> Places, IReadOnlyList<EltException> Problems)
{
    /// <summary>No place to look.</summary>
    public static FoundConnections None { get; } = new([], [], []);
}
