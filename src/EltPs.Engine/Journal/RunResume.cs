using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Journal;

/// <summary>Finds the run that can be resumed.</summary>
public static class RunResume
{
    /// <summary>The last run of a pipeline, if it did not succeed; null if there is nothing to resume.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>: a later run's journal cannot be read.</exception>
    public static JournaledRun? Find(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var last = new RunHistory(state).Read(out var problems) is [var latest, ..] ? latest : null;

        // A journal without a first line that can be read does not tell whose it is; its name tells when it began.
        var hidden = problems.FirstOrDefault(problem => string.CompareOrdinal(Path.GetFileNameWithoutExtension(problem.Path), last?.RunId ?? string.Empty) > 0);
        if (hidden is not null)
        {
            // Its name stays later than those of the runs to come, so without the move no run could be resumed any more.
            throw Refused(
                $"{state.PipelineFile}: which run was the last one is not known. {hidden.Message} Run without -Resume, or from a table on with -StartAt; "
                + $"to resume later runs, move {hidden.Path} out of {Path.GetDirectoryName(hidden.Path)}.");
        }

        return last is { Status: not (RunStatus.Succeeded or RunStatus.NothingToDo) } ? last : null;
    }

    /// <summary>Throws unless the pipeline would run where that run did.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>.</exception>
    public static void EnsureSameConnection(PipelineDefinition pipeline, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(run);
        if (!IsSameConnection(pipeline.Session.Connection, run))
        {
            throw Refused(
                $"{pipeline.Name}: run {run.RunId} used the connection {Describe(run.Connection, run.DatabaseFile)}, "
                + $"not {Describe(pipeline.Session.Connection.ToString(), AdHocFile(pipeline.Session.Connection))}. "
                + "Resume it with -Connection as it was given then, or run without -Resume.");
        }
    }

    /// <summary>Whether that run used this connection: the same name, and where a path was given, the same file.</summary>
    public static bool IsSameConnection(ConnectionDefinition connection, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(run);
        return connection.ToString() == run.Connection
            && string.Equals(AdHocFile(connection), run.DatabaseFile, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>The options of a run that goes on with that one.</summary>
    public static RunOptions Continue(RunOptions options, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        return options with { Resume = Of(run) };
    }

    /// <summary>The error of a resume that cannot be.</summary>
    public static EltException Refused(string message) => new(EltErrorKind.ResumeRefused, message);

    private static string? AdHocFile(ConnectionDefinition connection) => connection.IsAdHoc ? connection.DatabaseFile : null;

    private static string Describe(string connection, string? file) => file is null ? connection : $"{connection} at {file}";

    // What the runner must know of the run.
    private static ResumedRun Of(JournaledRun run) => new(
        run.RunId,
        run.Tables.ToDictionary(table => table.Table, table => new ResumedTable(table.DefinitionHash, table.Generation, Build(run, table)), StringComparer.Ordinal));

    private static BuildInFlight? Build(JournaledRun run, JournaledTable table) =>
        table is { Step: EltStep.Stage, RequestId: { } request, Generation: { } generation, Replaces: { } replaces }
            ? new BuildInFlight(run.RunId, generation, replaces, new StatementInFlight(request, table.Handle))
            : null;
}
