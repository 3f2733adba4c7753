using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>Finds the run that can be resumed.</summary>
internal static class RunResume
{
    /// <summary>
    /// The last run of a pipeline, if it did not succeed or left intervals of its range; null if there is nothing to resume.
    /// </summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>: a later run's journal cannot be read.</exception>
    public static JournaledRun? Find(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var last = new RunHistory(state).Read(out var problems) is [var latest, ..] ? latest : null;

        // A journal without a first line that can be read does not tell whose it is; its name tells when it began.
        var hidden = problems.FirstOrDefault(problem =>
            string.CompareOrdinal(Path.GetFileNameWithoutExtension(problem.Path), last?.RunId ?? string.Empty) > 0);
        if (hidden is not null)
        {
            // Its name stays later than those of the runs to come, so without the move no run could be resumed any more.
            throw Refused($"which run was the last one is not known. {hidden.Message}", state.PipelineFile, Advice.RunAnewOrFromTable)
                .With(
                    advice: Advice.Say(
                        $"To resume later runs, move {hidden.Path} out of {Path.GetDirectoryName(hidden.Path)}."));
        }

        return last is { Status: not (RunStatus.Succeeded or RunStatus.NothingToDo) } or { HasMore: true } ? last : null;
    }

    /// <summary>Throws unless the pipeline would run where that run did.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>.</exception>
    public static void EnsureSameConnection(PipelineDefinition pipeline, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(run);
        if (!run.Used(pipeline.Session.Connection))
        {
            throw Refused(
                $"run {run.RunId} used the connection {run.Identity.Describe()}, "
                    + $"not {ConnectionIdentity.Of(pipeline.Session.Connection).Describe()}.",
                pipeline.Name,
                Advice.ResumeOnItsConnection);
        }
    }

    /// <summary>
    /// The pipeline as that run had it: with the same variables, unless they are given anew, and of the tables those that it chose.
    /// </summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>: the tables that it chose are not those of the file any
    /// more, or not known.</exception>
    public static PipelineDefinition Restore(PipelineDefinition pipeline, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(run);
        var variables = run
            .Variables.Where(pair =>
                pipeline.Variables.ContainsKey(pair.Key) && !pipeline.GivenVariables.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value));
        var restored = VariableOverride.Apply(pipeline, variables);
        if (!run.IsSelection)
        {
            return restored;
        }

        var chosen = run.Tables.Select(table => table.Table).ToHashSet(StringComparer.Ordinal);
        var tables = restored.Tables.Where(table => chosen.Contains(table.Name.ToString())).ToList();
        return ChoiceProblem(restored, run, tables) is { } problem
            ? throw Refused(problem, pipeline.Path, Advice.RunAnew)
            : restored with { Tables = tables, IsSelection = true };
    }

    /// <summary>The runs that go on with that one: itself, unless it succeeded, and what is left of its range.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.ResumeRefused"/>: the schedule has changed, so what is left of the range is
    /// not known.</exception>
    public static RunSet Rest(PipelineDefinition pipeline, JournaledRun run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        EnsureSameSchedule(pipeline, run);
        var own = run.Status == RunStatus.Succeeded ? []
            : run.LogicalDate is { } date ? [new RunDate(date, run.Interval)]
            : RunChoice.Latest.Choose(pipeline, static () => IntervalHistory.Empty, now).Dates;
        var left = run is { HasMore: true, Interval: { } interval }
            ? Schedule.Of(pipeline)?.From(interval.End).TakeWhile(next => next.Start <= run.RangeEnd && next.End <= now).Select(RunDate.Of)
                ?? []
            : [];
        return new RunSet([.. own, .. left]);
    }

    /// <summary>The options of a run that goes on with that one.</summary>
    public static RunOptions Continue(RunOptions options, JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        return options with
        {
            Resume = run.Status == RunStatus.Succeeded ? null : run,
            IsPartial = run.IsPartial,
            RangeEnd = run.RangeEnd,
        };
    }

    /// <summary>The error of a resume that cannot be.</summary>
    /// <param name="why">Why.</param>
    /// <param name="subject">The pipeline or its file.</param>
    /// <param name="advice">What to do instead.</param>
    internal static EltException Refused(string why, string subject, Advice advice) => new(EltErrorKind.ResumeRefused, why)
    {
        Subject = subject,
        Consequences = ["Nothing was run."],
        Advice = [advice],
    };

    // A success without a table that was asked for would be none, and one of no table at all even less.
    private static string? ChoiceProblem(PipelineDefinition pipeline, JournaledRun run, List<TableDefinition> found)
    {
        var missing = run
            .Tables.Select(table => table.Table)
            .Except(found.Select(table => table.Name.ToString()), StringComparer.Ordinal)
            .ToList();
        return run.Tables.Count == 0
                ? $"the journal of run {run.RunId} does not tell which tables were chosen: it was killed before it could write "
                    + "them."
            : missing.Count > 0
                ? $"run {run.RunId} was of chosen tables, some of which are no longer in the file: "
                    + $"{string.Join(", ", missing)}."
            : pipeline.PublishTogether
                ? $"run {run.RunId} was of chosen tables, and PublishTogether publishes all tables or none."
            : null;
    }

    // Intervals of another schedule lie across the ends of those that were run: what lies between would be left out, or run twice.
    private static void EnsureSameSchedule(PipelineDefinition pipeline, JournaledRun run)
    {
        if (run is not { HasMore: true, Interval: { } interval, RangeEnd: { } rangeEnd })
        {
            return;
        }

        var schedule = Schedule.Of(pipeline);
        var today = schedule?.StartingAt(interval.Start);
        if (today?.End != interval.End || schedule?.StartingAt(rangeEnd) is null)
        {
            var from = ScheduleText.Moment(run.Status == RunStatus.Succeeded ? interval.End : interval.Start, interval.TimeZone);
            throw Refused(
                $"its Schedule or TimeZone was changed after run {run.RunId}, a part of a range, so what is left of that range is not "
                    + $"known: the intervals of then that begin from {from} to {ScheduleText.At(rangeEnd, interval.TimeZone)}.",
                pipeline.Path,
                Advice.RunRange);
        }
    }
}
