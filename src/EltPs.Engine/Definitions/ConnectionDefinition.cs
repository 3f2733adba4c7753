using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>The path of an embedded warehouse without a file, which ends with its session.</summary>
    public const string InMemory = ":memory:";

    /// <summary>Whether it was given as keys and values, or as the path of a file: then no name leads to it again.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>Whether it is the embedded warehouse.</summary>
    public bool IsEmbedded => string.Equals(Type, EmbeddedType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether whoever uses it again must be given its keys and values again.</summary>
    public bool HasNoName => IsAdHoc && !IsEmbedded;

    /// <summary>The absolute path of the embedded warehouse's file; null for another warehouse, and for one in memory.</summary>
    public string? DatabaseFile =>
        IsEmbedded && Values.TryGetValue(PathKey, out var path) && path != InMemory
            ? Path.GetFullPath(path, BaseFolder)
            : null;

    /// <summary>
    /// What tells one that <see cref="HasNoName"/> from another, as 32 hexadecimal digits of a hash of its keys and values; null for one
    /// that its name or its file tells.
    /// </summary>
    internal string? ValuesHash => HasNoName
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Values
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                                .Select(pair =>
                                    string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"{pair.Key.ToUpperInvariant()}={pair.Value.Length}:{pair.Value}\n"))))))[..32]
        : null;

    /// <summary>The embedded warehouse on a database file.</summary>
    /// <param name="path">The file (<c>:memory:</c> for none); a relative one starts at <paramref name="baseFolder"/>.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <param name="name">What to call the connection.</param>
    public static ConnectionDefinition Embedded(string path, string baseFolder, string name = EmbeddedName) =>
        new(name, EmbeddedType, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [PathKey] = path }, baseFolder);

    /// <summary>The name and the type; never a value.</summary>
    public override string ToString() => $"{Name} ({Type})";
}
