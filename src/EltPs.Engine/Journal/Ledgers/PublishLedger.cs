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

    /// <summary>The rows of the generations that were published last, by the generation's id.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="tables">How many tables the caller has; the ledger is never pruned, so it is read as far as some runs of them reach.
    /// </param>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyDictionary<string, long> LatestRows(StateFolder state, int tables)
    {
        const int BytesOfALine = 512;
        const int Runs = 4;
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in LedgerFile.ReadEnd(state, FileName, (128 + (Runs * tables)) * BytesOfALine))
        {
            if (line is { Generation: { } generation, Rows: { } count })
            {
                rows[generation] = count;
            }
        }

        return rows;
    }

    /// <summary>The generations of all its lines; none if there is no ledger yet.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static HashSet<string> Generations(StateFolder state) =>
        [.. (LedgerFile.Read(state, FileName) ?? []).Select(line => line.Generation).OfType<string>()];
}
