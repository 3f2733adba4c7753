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
        var path = System.IO.Path.Combine(state.Ensure(), FileName);
        var text = JournalText.Write(line);
        for (var attempt = 1; ; attempt++)
        {
            FileStream stream;
            try
            {
                // Opened for one write, by one at a time: a run of another pipeline appends here too.
                stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(path))
            {
                Thread.Yield();
                continue;
            }

            using (stream)
            {
                stream.Write(text);
                return;
            }
        }
    }
}
