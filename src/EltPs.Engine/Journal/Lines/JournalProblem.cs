namespace EltPs.Engine.Journal;

/// <summary>A journal that cannot be read.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Message">Why, in words.</param>
internal sealed record JournalProblem(string Path, string Message);
