namespace EltPs.Engine.Definitions;

/// <summary>Which warehouse to talk to. Holds references to secrets (<c>env:NAME</c>), never a secret.</summary>
/// <param name="Name">The name that the user gave it, or what to call it in messages.</param>
/// <param name="Type">The warehouse's type, such as <c>DuckDb</c>; compared without case.</param>
/// <param name="Values">Its other keys and values, as written; the keys are compared without case.</param>
/// <param name="BaseFolder">The folder that relative paths start from: the pipeline file's, or the current one.</param>
public sealed record ConnectionDefinition(
    string Name,
    string Type,
    IReadOnlyDictionary<string, string> Values,
    string BaseFolder)
{
    /// <summary>The name that always means the embedded warehouse.</summary>
    public const string EmbeddedName = "duckdb";

    /// <summary>The embedded warehouse's type.</summary>
    public const string EmbeddedType = "DuckDb";

    /// <summary>The key of the embedded warehouse's database file.</summary>
    public const string PathKey = "Path";

    /// <summary>The embedded warehouse on a database file.</summary>
    /// <param name="path">The file (<c>:memory:</c> for none); a relative one starts at <paramref name="baseFolder"/>.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <param name="name">What to call the connection.</param>
    public static ConnectionDefinition Embedded(string path, string baseFolder, string name = EmbeddedName) =>
        new(name, EmbeddedType, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [PathKey] = path }, baseFolder);

    /// <summary>The name and the type; never a value.</summary>
    public override string ToString() => $"{Name} ({Type})";
}
