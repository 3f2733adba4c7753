using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Definitions;

/// <summary>A raw table that a pipeline reads and does not build.</summary>
/// <param name="Name">The table's name in SQL.</param>
/// <param name="Path">The file or files (wildcards allowed) that the embedded warehouse shows under that name, as written.</param>
/// <param name="BaseFolder">The folder that a relative path starts from.</param>
/// <param name="Location">Where the file says so.</param>
public sealed record SourceDefinition(TableName Name, string Path, string BaseFolder, SourceLocation Location);
