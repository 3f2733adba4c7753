namespace EltPs.Engine.Runs;

/// <summary>What is known of a run that is to be resumed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tables">Each of its tables, by name.</param>
public sealed record ResumedRun(string RunId, IReadOnlyDictionary<string, ResumedTable> Tables);
