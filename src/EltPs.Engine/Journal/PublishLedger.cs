namespace EltPs.Engine.Journal;

/// <summary>What was published when, by all pipelines of a state folder. It is never pruned.</summary>
internal static class PublishLedger
{
    /// <summary>The file's name within the state folder.</summary>
    public const string FileName = "published.jsonl";

    private const int MostAttempts = 100;

    /// <summary>Appends a line.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Append(StateFolder state, JournalLine line)
    {
        var text = JournalText.Write(line);

        // Opened for one write, by one at a time: a run of another pipeline appends here too.
        using var stream = Open(System.IO.Path.Combine(state.Ensure(), FileName), FileMode.Append, FileAccess.Write, FileShare.None);
        stream.Write(text);
    }

    /// <summary>The generations of all its lines; none if there is no ledger yet.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static HashSet<string> Generations(StateFolder state)
    {
        var path = state.PathOf(FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return [.. JournalReader.Lines(stream).Select(line => line.Generation).OfType<string>()];
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, mode, access, share, bufferSize: 0);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(path))
            {
                Thread.Yield();
            }
        }
    }
}
