using EltPs.Connections;
using EltPs.DataFiles;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.PipelineFiles;

/// <summary>From a pipeline file's path to the pipeline.</summary>
internal static class PipelineFileLoader
{
    /// <summary>Reads and validates a pipeline file.</summary>
    /// <param name="context">The paths, the connection to use instead of the file's, and the warehouses.</param>
    /// <exception cref="EltPs.Engine.Errors.EltException">The file has complaints, or the connection cannot be used.</exception>
    public static PipelineDefinition Load(PipelineFileContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return PipelineFileReader.Read(
            DataFileReader.Read(context.File, context.FullPath),
            context with { Lookup = context.Lookup ?? new ConnectionLookup(context.Folder, context.Registry) });
    }
}
