namespace EltPs.Engine.Journal;

/// <summary>What was published when, by all pipelines of a state folder. It is never pruned.</summary>
internal static class PublishLedger
{
    /// <summary>The file's name within the state folder.</summary>
    public const string FileName = "published.jsonl";

    /// <summary>Appends a line.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Append(StateFolder state, JournalLine line) => LedgerFile.Append(state, FileName, line);

    /// <summary>The generations of all its lines; none if there is no ledger yet.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static HashSet<string> Generations(StateFolder state) =>
        [.. (LedgerFile.Read(state, FileName) ?? []).Select(line => line.Generation).OfType<string>()];
}
