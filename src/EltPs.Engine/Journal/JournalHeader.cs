namespace EltPs.Engine.Journal;

/// <summary>What is known of a journal from its first line.</summary>
/// <param name="Path">The journal's file.</param>
/// <param name="Sequence">Its run's place among the runs of the pipeline.</param>
internal sealed record JournalHeader(string Path, long Sequence);
