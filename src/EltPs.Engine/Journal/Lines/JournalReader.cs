using System.Globalization;

namespace EltPs.Engine.Journal;

/// <summary>Reads a journal's lines.</summary>
internal static class JournalReader
{
    // A first line names every table of its pipeline; beyond this it is no journal.
    private const int MostBytes = 256 * 1024 * 1024;

    /// <summary>The lines that can be read; one that was cut, by a kill or a full disk, is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why the file as a whole cannot be used; null if it can.</param>
    public static IReadOnlyList<JournalLine> Read(string path, out JournalProblem? problem)
    {
        List<JournalLine> lines;
        bool isEmpty;
        try
        {
            using var stream = Open(path);
            lines = Lines(stream, out isEmpty);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = new JournalProblem(path, $"{path}: this journal cannot be read: {exception.Message}");
            return [];
        }

        problem = Judge(path, lines.FirstOrDefault(), isEmpty);
        return problem is null ? lines : [];
    }

    /// <summary>The lines of a file that can be read, whatever the file is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<JournalLine> Lines(FileStream stream) => Lines(stream, out _);

    /// <summary>The first line alone; null if it is none that this EltPs can use.</summary>
    public static JournalLine? First(string path)
    {
        try
        {
            using var reader = new StreamReader(Open(path));
            var line = reader.ReadLine() is { } text ? JournalText.Read(System.Text.Encoding.UTF8.GetBytes(text)) : null;
            return Judge(path, line, isEmpty: false) is null ? line : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<JournalLine> Lines(FileStream stream, out bool isEmpty)
    {
        var bytes = new byte[Math.Min(stream.Length - stream.Position, MostBytes)];
        var rest = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var lines = new List<JournalLine>();
        isEmpty = rest.IndexOf((byte)'\n') < 0;
        while (rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            if (JournalText.Read(rest[..end]) is { } line)
            {
                lines.Add(line);
            }

            rest = rest[(end + 1)..];
        }

        return lines;
    }

    // Whoever writes it keeps it open, and whoever prunes may delete it meanwhile.
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static JournalProblem? Judge(string path, JournalLine? first, bool isEmpty) => first switch
    {
        // Killed within the first write: nothing had been done yet.
        null when isEmpty => new JournalProblem(path, string.Empty),
        {
            Event: JournalEvent.RunStarted,
            Version: <= JournalText.Version,
            RunId: not null,
            Pipeline: not null,
            Path: not null,
            Connection: not null,
            ConnectionType: not null
        } => null,
        { Version: > JournalText.Version and var newer } => new JournalProblem(
            path,
            string.Create(
                CultureInfo.InvariantCulture,
                    $"{path}: a newer EltPs wrote this journal (version {newer}; this one reads up to {JournalText.Version}). It is left "
                        + $"as it is; update EltPs to see the run.")),
        _ => new JournalProblem(
            path,
            $"{path}: this is no journal that can be read: its first line is damaged. It is left as it is; the warehouse's own markers "
                + "tell what is published."),
    };
}
