using System.Text;

namespace EltPs.Engine.Alerts;

/// <summary>Writes files that are there wholly or not at all, also if the process dies or the disk is full.</summary>
internal static class WholeFile
{
    /// <summary>The end of the name of a file that is still being written; one that is left over belongs to a process that died.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes a file, in place of what is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
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
}
