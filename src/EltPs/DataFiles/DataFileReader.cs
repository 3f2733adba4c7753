using System.Management.Automation.Language;
using EltPs.Engine.Files;
using EltPs.Engine.PipelineFiles;

namespace EltPs.DataFiles;

/// <summary>Reads a psd1 file as data: nothing in it is executed, neither while it is parsed nor afterwards.</summary>
/// <remarks>
/// PowerShell's own <c>SafeGetValue()</c> refuses files above about 5,000 nodes, and its error prints the whole file; hence the walk
/// through the syntax tree.
/// </remarks>
internal static class DataFileReader
{
    /// <summary>Reads a file, for a reader that complains about its values too.</summary>
    /// <param name="fullPath">The absolute path.</param>
    /// <param name="complaints">Takes what is no data; something harmless stands in its place.</param>
    /// <returns>The value; null if the file cannot be read any further.</returns>
    public static DataNode? Read(string fullPath, ComplaintList complaints) =>
        TextFile.Read(fullPath, complaints.Add) is { } text ? Parse(text, complaints) : null;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The path as the user named it; complaints show it.</param>
    /// <param name="fullPath">The absolute path.</param>
    /// <exception cref="EltPs.Engine.Errors.EltException">The file is no data; with all complaints.</exception>
    public static DataNode Read(string file, string fullPath)
    {
        var complaints = new ComplaintList(file);
        var node = Read(fullPath, complaints);
        complaints.ThrowIfAny();
        return node!;
    }

    /// <summary>Reads a text that is no file yet.</summary>
    /// <param name="file">The path that it will have; complaints show it.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="EltPs.Engine.Errors.EltException">The text is no data; with all complaints.</exception>
    public static DataNode ReadText(string file, string text)
    {
        var complaints = new ComplaintList(file);
        var node = Parse(text, complaints);
        complaints.ThrowIfAny();
        return node!;
    }

    private static DataNode? Parse(string text, ComplaintList complaints)
    {
        if (new DataTextGuard(text, complaints).Check() is not { } safe)
        {
            return null;
        }

        var tree = Parser.ParseInput(safe, out _, out var errors);
        foreach (var error in errors)
        {
            // The pipeline file's reader complains about this one, and names the line of the first.
            if (error.ErrorId != "DuplicateKeyInHashLiteral")
            {
                var begin = Begin(error.Extent);
                complaints.AddUnreadable(begin, begin, End(error.Extent), error.Message.ReplaceLineEndings(" "));
            }
        }

        return new DataNodeBuilder(complaints).Build(tree);
    }

    private static (int Line, int Column) Begin(IScriptExtent extent) => (extent.StartLineNumber, extent.StartColumnNumber);

    private static (int Line, int Column) End(IScriptExtent extent) => (extent.EndLineNumber, extent.EndColumnNumber);
}
