using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>The command that resumes a run, for any session of PowerShell in whichever folder.</summary>
internal static class ResumeCommand
{
    // Keys and values may be secret, and are not in a message either.
    private const string AsGiven = "-Connection $connection  # as it was given to the run";

    /// <summary>Of a run that has just ended. One without a journal cannot be resumed: then the command runs the pipeline anew.</summary>
    public static string Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.JournalPath is { } journal
            ? Resume(run, journal)
            : string.Join(' ', [Config(run.Path), .. Interval(run.Interval), .. Connection(run.Identity)]);
    }

    /// <summary>Of a run that a journal describes.</summary>
    public static string Of(JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Resume(run, run.JournalPath);
    }

    /// <summary>The command that runs what is due, or one interval, where somebody looked for its run.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="state">The state folder that was looked at.</param>
    /// <param name="interval">The interval; null for what is due.</param>
    public static string Of(PipelineDefinition pipeline, StateFolder state, DataInterval? interval)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(state);
        string[] choice = interval is null ? ["-Scheduled"] : [.. Interval(interval)];
        return string.Join(
            ' ',
            [
                Config(pipeline.Path) + string.Concat(choice.Select(word => $" {word}")) + Elsewhere(state, pipeline.Path),
                .. Connection(ConnectionIdentity.Of(pipeline.Session.Connection)),
            ]);
    }

    // The journal keeps a connection's name or file, so the command needs it not.
    private static string Resume(RunRecord run, string journalPath)
    {
        var elsewhere = Elsewhere(StateFolder.Holding(journalPath, run.Path), run.Path);
        return $"{Config(run.Path)} -Resume{elsewhere}{(run.IsConnectionAdHoc ? $" {AsGiven}" : string.Empty)}";
    }

    // Named also if it came from the variable ELTPS_STATE, which is not set wherever the command is pasted.
    private static string Elsewhere(StateFolder state, string path) =>
        state.FullPath == StateFolder.For(path, statePath: null).FullPath
            ? string.Empty
            : $" -StatePath {PowerShellLiteral.Quote(state.FullPath)}";

    private static IEnumerable<string> Connection(ConnectionIdentity connection) =>
        connection.HasNoName ? [AsGiven]
        : connection.DatabaseFile is { } file ? [$"-Connection {PowerShellLiteral.Quote(file)}"]
        : connection.Name == ConnectionDefinition.EmbeddedName ? []
        : [$"-Connection {PowerShellLiteral.Quote(connection.Name)}"];

    private static IEnumerable<string> Interval(DataInterval? given) => given is { } interval
        ? [$"-LogicalDate {PowerShellLiteral.Quote(interval.Start.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture))}"]
        : [];

    private static string Config(string path) => $"Invoke-EltPipeline -Config {PowerShellLiteral.Quote(path)}";
}
