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
    /// <summary>Reads a file.</summary>
    /// <param name="file">The path as the user named it; complaints show it.</param>
    /// <param name="fullPath">The absolute path.</param>
    /// <exception cref="EltPs.Engine.Errors.EltException">The file is no data; with all complaints.</exception>
    public static DataNode Read(string file, string fullPath)
    {
        var complaints = new ComplaintList(file);
        var text = TextFile.Read(fullPath, complaints.Add);
        var node = text is null ? null : Parse(text, complaints);
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
        new DataTextGuard(text, complaints).Check();
        if (complaints.Count > 0)
        {
            return null;
        }

        var tree = Parser.ParseInput(text, out _, out var errors);
        foreach (var error in errors)
        {
            // The pipeline file's reader complains about this one, and names the line of the first.
            if (error.ErrorId != "DuplicateKeyInHashLiteral")
            {
                complaints.Add(error.Extent.StartLineNumber, error.Extent.StartColumnNumber, error.Message.ReplaceLineEndings(" "));
            }
        }

        return complaints.Count > 0 ? null : new DataNodeBuilder(complaints).Build(tree);
    }
}
