using System.Text.RegularExpressions;

namespace EltPs.PipelineFiles;

/// <summary>Tells pipeline files from the other psd1 files of a folder, by their names and a look at their text.</summary>
/// <remarks>The look is short, and nothing is parsed: a file with mistakes is a pipeline file too, and its reader tells them.</remarks>
internal static partial class PipelineFileKind
{
    private const string ConnectionsFile = "connections.psd1";
    private const int MostCharacters = 256 * 1024;
    private const int MostFiles = 500;

    /// <summary>The names of a folder's pipeline files, in their order; none if it cannot be read.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*" + PipelineFileFinder.Extension)
                    .Take(MostFiles)
                    .Where(IsPipeline)
                    .Select(path => Path.GetFileName(path))
                    .Order(StringComparer.OrdinalIgnoreCase),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Whether a file has a key Tables, as each pipeline file has.</summary>
    public static bool IsPipeline(string path) => !IsConnections(path) && Tables().IsMatch(Begin(path));

    /// <summary>Whether a psd1 file is surely something else: the connections, or the manifest of a module.</summary>
    public static bool IsSomethingElse(string path) =>
        IsConnections(path) || (Begin(path) is var text && ModuleVersion().IsMatch(text) && !Tables().IsMatch(text));

    private static bool IsConnections(string path) =>
        string.Equals(Path.GetFileName(path), ConnectionsFile, StringComparison.OrdinalIgnoreCase);

    private static string Begin(string path)
    {
        try
        {
            // The reader finds out the encoding by the byte order mark, as the reader of pipeline files does.
            var share = FileShare.ReadWrite | FileShare.Delete;
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, share));
            var letters = new char[MostCharacters];
            return new string(letters, 0, reader.ReadBlock(letters, 0, letters.Length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return string.Empty;
        }
    }

    [GeneratedRegex("""^[^#\r\n]*?(?<![\w.$-])["']?Tables["']?[ \t]*=""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Tables();

    [GeneratedRegex("""^[^#\r\n]*?(?<![\w.$-])["']?ModuleVersion["']?[ \t]*=""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ModuleVersion();
}
