using EltPs.Engine.Files;

namespace EltPs.Engine.Journal;

/// <summary>A file of a state folder that only grows, a line at a time, whoever writes to it.</summary>
internal static class LedgerFile
{
    /// <summary>Appends a line.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Append(StateFolder state, string fileName, JournalLine line)
    {
        var text = JournalText.Write(line);

        // Locked for one write: a run of another pipeline may append here too.
        using var locked = FileLock.TakeSoon(Path.Combine(state.Ensure(), fileName));
        var stream = locked.Content;
        if (stream.Length > 0)
        {
            // A line that a full disk or a power cut left without its end must not take the next one with it.
            stream.Seek(-1, SeekOrigin.End);
            text = stream.ReadByte() == '\n' ? text : [(byte)'\n', .. text];
        }

        stream.Write(text);
    }

    /// <summary>Its last lines that can be read; none if there is no such file yet.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="bytes">How much of its end is read.</param>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<JournalLine> ReadEnd(StateFolder state, string fileName, int bytes)
    {
        var path = state.PathOf(fileName);
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = FileLock.ReadSoon(path);

        // What is left of a line that was cut there is no line that can be read.
        stream.Position = Math.Max(0, stream.Length - bytes);
        return JournalReader.Lines(stream);
    }

    /// <summary>Its lines; null if there is no such file yet.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<JournalLine>? Read(StateFolder state, string fileName)
    {
        var path = state.PathOf(fileName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = FileLock.ReadSoon(path);
        return JournalReader.Lines(stream);
    }
}
