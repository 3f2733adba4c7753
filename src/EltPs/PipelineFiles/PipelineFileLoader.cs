using EltPs.Connections;
using EltPs.DataFiles;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
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
        if (!File.Exists(context.FullPath) && !Directory.Exists(context.FullPath))
        {
            throw PipelineFileFinder.NoSuchFile(context.File, context.FullPath);
        }

        var complaints = new ComplaintList(context.File);
        var root = DataFileReader.Read(context.FullPath, complaints) ?? throw complaints.ToException();
        try
        {
            return PipelineFileReader.Read(
                root,
                context with { Lookup = context.Lookup ?? new ConnectionLookup(context.Folder, context.Registry) },
                complaints);
        }
        catch (EltException failure) when (failure.Kind != EltErrorKind.InvalidPipelineFile && complaints.Count > 0)
        {
            // The connection that was named may be one of the file, behind what cannot be read.
            throw complaints.ToException();
        }
    }
}
