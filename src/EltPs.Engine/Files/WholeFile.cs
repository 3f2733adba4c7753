using System.Text;

namespace EltPs.Engine.Files;

/// <summary>Writes files that are there wholly or not at all, also if the process dies or the disk is full.</summary>
internal static class WholeFile
{
    /// <summary>The end of the name of a file that is still being written; one that is left over belongs to a process that died.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes a file, in place of what is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes sure that a file could be written here, and leaves nothing.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Try(string path)
    {
        using var file = new FileStream(
            NameOfUnfinished(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Writes a file, in place of what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var unfinished = NameOfUnfinished(path);
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (ArgumentException limit)
        {
            // A file that may not grow so long is an ArgumentException to .NET.
            File.Delete(unfinished);
            throw new IOException(limit.Message, limit);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static string NameOfUnfinished(string path) => $"{path}.{Guid.NewGuid():N}{Unfinished}";
}
