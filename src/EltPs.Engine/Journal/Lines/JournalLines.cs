using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Journal;

/// <summary>What a journal writes of each event.</summary>
internal static class JournalLines
{
    /// <summary>The first line.</summary>
    public static JournalLine Of(RunStarted started, long sequence) => new()
    {
        Event = JournalEvent.RunStarted,
        At = started.StartedAt,
        Version = JournalText.Version,
        Sequence = sequence,
        RunId = started.RunId,
        Pipeline = started.Pipeline.Name,
        Path = started.Pipeline.Path,
        Identity = ConnectionIdentity.Of(started.Pipeline.Session.Connection),
        AdHoc = started.Pipeline.Session.Connection.HasNoName ? true : null,
        ProcessId = Environment.ProcessId,
        Host = Environment.MachineName,
        ResumedFrom = started.ResumedFrom,
        LogicalDate = started.Date?.LogicalDate,
        Interval = started.Date?.Interval,
        RangeEnd = started.RangeEnd,
        Partial = started.IsPartial ? true : null,
        Selected = started.Pipeline.IsSelection ? true : null,
        Variables = started.Pipeline.GivenVariables.Count == 0
            ? null
            : started.Pipeline.GivenVariables.ToDictionary(
                        name => name,
                        name => JournalVariable.Of(started.Pipeline.Variables[name]),
                        StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>The second line. Not a part of the first one, which is read for each kept journal when a run begins.</summary>
    public static JournalLine TablesOf(RunStarted started) => new()
    {
        Event = JournalEvent.TablesListed,
        At = started.StartedAt,
        Tables = [.. started.Pipeline.Tables.Select(table => new JournalTable(table.Name.ToString(), DefinitionHash.Of(table)))],
    };

    /// <summary>The line of what happens in between; null for what a journal does not keep.</summary>
    public static JournalLine? Of(RunEvent runEvent, DateTimeOffset at) => runEvent switch
    {
        StepStarted started => new JournalLine
        {
            Event = JournalEvent.StepStarted,
            At = at,
            Table = started.Table?.ToString(),
            Step = started.Step.ToString(),
        },
        GenerationAssigned assigned => new JournalLine
        {
            Event = JournalEvent.GenerationAssigned,
            At = at,
            Table = assigned.Table.ToString(),
            Generation = assigned.Generation,
            Replaces = assigned.Replaces,
        },
        StatementSubmitted submitted => new JournalLine
        {
            Event = JournalEvent.StatementSubmitted,
            At = at,
            Table = submitted.Table?.ToString(),
            Step = submitted.Step.ToString(),
            RequestId = submitted.RequestId.ToString(),
            Handle = submitted.Handle,
        },
        StepFinished finished => new JournalLine
        {
            Event = JournalEvent.StepFinished,
            At = at,
            Table = finished.Table?.ToString(),
            Step = finished.Step.ToString(),
            Seconds = RunSeconds.Of(finished.Elapsed),
            Rows = finished.Rows,
        },
        AttemptFailed failed => new JournalLine
        {
            Event = JournalEvent.AttemptFailed,
            At = at,
            Table = failed.Table?.ToString(),
            Attempt = failed.Attempt,
            Seconds = RunSeconds.Of(failed.Wait),
            Error = JournalError.Of(failed.Error),
        },
        TableUpToDate table => new JournalLine
        {
            Event = JournalEvent.TableUpToDate,
            At = at,
            Table = table.Table.ToString(),
            Status = table.Status.ToString(),
            Generation = table.Generation,
            Rows = table.Rows,
        },
        TableNotPublished table => new JournalLine
        {
            Event = JournalEvent.TableNotPublished,
            At = at,
            Table = table.Table.ToString(),
            Status = table.Status.ToString(),
        },
        _ => null,
    };

    /// <summary>The last line.</summary>
    public static JournalLine Of(RunResult result, DateTimeOffset at, bool withTables) => new()
    {
        Event = JournalEvent.RunFinished,
        At = at,
        Status = result.Status.ToString(),
        Seconds = result.Duration is { } duration ? RunSeconds.Of(duration) : null,
        Table = result.FailedTable?.ToString(),
        Step = result.FailedStep?.ToString(),
        Error = result.Error is { } failure ? JournalError.Of(failure) : null,
        Tables = withTables ? [.. result.Tables.Select(JournalTable.Of)] : null,
    };
}
