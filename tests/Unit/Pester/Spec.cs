namespace EltPs.Tests.Pester;

/// <summary>What became of one spec.</summary>
/// <param name="Name">Its file, and the names of its blocks and its own, with a dot between them.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">Why it failed or was skipped, with the place; empty for one that passed.</param>
public sealed record Spec(string Name, string Result, string Message);
