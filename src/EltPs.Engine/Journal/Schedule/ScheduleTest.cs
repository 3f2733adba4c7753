using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>
/// Looks whether the run of a pipeline that was due last happened and succeeded. Nothing is written, no warehouse is asked, and no run is
/// held up.
/// </summary>
internal static class ScheduleTest
{
    /// <summary>Looks.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="state">Where its runs leave their state.</param>
    /// <param name="now">The moment.</param>
    /// <param name="grace">How long after the interval's end its run may take to begin and to end; 0 for none.</param>
    /// <param name="problems">The journals that cannot be read, of whichever pipeline: the run may be one of them.</param>
    /// <param name="wording">Words what is advised; null leaves out what needs the words of an edge.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.NotScheduled"/>: the pipeline has no schedule. <see cref="EltErrorKind.IntervalsUnknown"/>: the ledger
    /// cannot be read.
    /// </exception>
    public static ScheduleTestResult Look(
        PipelineDefinition pipeline,
        StateFolder state,
        DateTimeOffset now,
        TimeSpan grace,
        out IReadOnlyList<JournalProblem> problems,
        IAdviceWording? wording = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(state);
        var schedule = Schedule.Require(pipeline);
        var history = new IntervalLedger(state).History(pipeline);
        var check = OverdueCheck.Judge(schedule, history, now, grace);
        var runs = new RunHistory(state).Read(out problems);
        var own = runs.FirstOrDefault(run => IsOf(run, check) && run.Used(pipeline.Session.Connection));
        return new ScheduleTestResult
        {
            Pipeline = pipeline.Name,
            Path = pipeline.Path,
            Connection = pipeline.Session.Connection.ToString(),
            StatePath = state.FullPath,
            Status = check.Status,
            IsLate = check.IsOverdue,
            Interval = check.Interval,
            LateFrom = check.OverdueFrom,
            Message = check.Message,
            StateProblem = check.Status == DueStatus.Missed && history.IsEmpty ? Problem(pipeline, state, runs, wording) : null,
            LastRun = own,
            ResumeCommand = check.Status == DueStatus.Failed && own is not null && own == runs[0] ? ResumeCommand.Of(own) : null,
            RunCommand =
                check.IsOverdue && check.Status != DueStatus.Running
                    ? Command(pipeline, state, schedule, history, check.Interval!, now)
                    : null,
            Alerts = pipeline.Alerts,
        };
    }

    private static bool IsOf(JournaledRun run, OverdueCheck check) =>
        run is { IsPartial: false, Interval: { } interval }
        && interval.Start == check.Interval?.Start
        && interval.End == check.Interval.End
        && check.Status == run.Status switch
        {
            RunStatus.Succeeded => DueStatus.Succeeded,
            RunStatus.Running => DueStatus.Running,
            RunStatus.NothingToDo => DueStatus.NotDue,
            _ => DueStatus.Failed,
        };

    // That nothing happened, and that this is not where it left its traces, look the same from here.
    private static string? Problem(
        PipelineDefinition pipeline,
        StateFolder state,
        IReadOnlyList<JournaledRun> runs,
        IAdviceWording? wording)
    {
        if (!Directory.Exists(state.FullPath))
        {
            return Say($"There is no state folder {state}, so nothing is known of any run of {state.PipelineFile}.", Advice.NameState);
        }

        if (runs.Count == 0)
        {
            return Say($"No run of {state.PipelineFile} has left anything in the state folder {state}.", Advice.NameState);
        }

        var connection = pipeline.Session.Connection;
        return runs.Any(run => run.Used(connection))
            ? null
            : Say(
                $"The runs of {state.PipelineFile} in the state folder {state} are on other connections than {connection}, the last one "
                    + $"on {runs[0].Connection}.",
                Advice.NameConnection);

        string Say(string text, Advice advice) => wording is null ? text : $"{text} {wording.Word(advice)}";
    }

    // What is due, as the scheduler would have run it; where that would run nothing, or would not know from where on, the interval by its
    // date.
    private static string Command(
        PipelineDefinition pipeline,
        StateFolder state,
        Schedule schedule,
        IntervalHistory history,
        DataInterval interval,
        DateTimeOffset now) => ResumeCommand.Of(pipeline, state, ScheduledStart.Decide(schedule, history, now) is Due ? null : interval);
}
