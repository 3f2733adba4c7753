namespace EltPs.Engine.Journal;

/// <summary>A table in a line of a journal.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Definition">The hash of what it is built from.</param>
internal sealed record JournalTable(string Name, string Definition)
{
    public string? Status { get; init; }

    public string? Generation { get; init; }

    public string? Replaces { get; init; }

    public long? Rows { get; init; }
}
