using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>What reading a pipeline file depends on besides its text.</summary>
/// <param name="File">The file's path as the user named it; complaints show it.</param>
/// <param name="FullPath">The file's absolute path; relative paths in the file start at its folder.</param>
/// <param name="Registry">The types of warehouse that are there.</param>
/// <param name="Channels">The alert channels that are there; the first one serves as the example in advice.</param>
internal sealed record PipelineFileContext(
    string File, string FullPath, IWarehouseRegistry Registry, IReadOnlyList<ChannelKeys> Channels)
{
    /// <summary>The connection to use instead of the file's; null for the file's.</summary>
    public ConnectionDefinition? Connection { get; init; }

    /// <summary>The name of the connection to use instead of the file's; null for the file's.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>Who knows the connections that the file itself does not define; null for nobody.</summary>
    public IConnectionLookup? Lookup { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder => Path.GetDirectoryName(FullPath) ?? FullPath;
}
