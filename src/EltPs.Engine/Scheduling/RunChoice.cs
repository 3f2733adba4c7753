using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Scheduling;

/// <summary>How somebody says which intervals of a pipeline to run.</summary>
internal abstract record RunChoice
{
    private RunChoice()
    {
    }

    /// <summary>By hand and without a date: the latest interval that is over; without a schedule, one run that is dated with now.</summary>
    public static RunChoice Latest { get; } = new LatestInterval();

    /// <summary>By a scheduler: what is due and has not succeeded.</summary>
    public static RunChoice Scheduled { get; } = new WhatIsDue();

    /// <summary>The interval of one logical date.</summary>
    /// <param name="date">The date, as for <see cref="IntervalFinder.Find"/>.</param>
    public static RunChoice On(string date) => new OneDate(date);

    /// <summary>A backfill: all intervals whose logical date lies in a range.</summary>
    /// <param name="from">The first date, as for <see cref="IntervalRange.Between"/>.</param>
    /// <param name="to">The last date; null for all up to now.</param>
    public static RunChoice Between(string from, string? to) => new DateRange(from, to);

    /// <summary>The runs that are meant.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="history">What is remembered of earlier runs; asked only if it decides.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.NotScheduled"/>, <see cref="EltErrorKind.InvalidInterval"/>, <see cref="EltErrorKind.TooManyIntervals"/>:
    /// there are no such intervals. <see cref="EltErrorKind.IntervalsUnknown"/>: missed ones are to be run, and which were is not known.
    /// </exception>
    public abstract RunSet Choose(PipelineDefinition pipeline, Func<IntervalHistory> history, DateTimeOffset now);

    private static RunSet Runs(IEnumerable<DataInterval> intervals, string? message = null) =>
        new([.. intervals.Select(RunDate.Of)], message);

    // Of several files the error names the one that it is about.
    private static RunSet Named(PipelineDefinition pipeline, Func<Schedule, RunSet> find)
    {
        var schedule = Schedule.Require(pipeline);
        try
        {
            return find(schedule);
        }
        catch (EltException failure)
        {
            throw failure.With(subject: pipeline.Path);
        }
    }

    private sealed record LatestInterval : RunChoice
    {
        public override RunSet Choose(PipelineDefinition pipeline, Func<IntervalHistory> history, DateTimeOffset now)
        {
            ArgumentNullException.ThrowIfNull(pipeline);
            return Schedule.Of(pipeline)?.LatestComplete(now) is { } interval
                ? Runs([interval])
                : new RunSet([RunDate.ByHand(pipeline.Session.TimeZone, now)]);
        }
    }

    private sealed record OneDate(string Date) : RunChoice
    {
        public override RunSet Choose(PipelineDefinition pipeline, Func<IntervalHistory> history, DateTimeOffset now) =>
            Named(pipeline, schedule => Runs([IntervalFinder.Find(schedule, Date, now)]));
    }

    private sealed record DateRange(string From, string? To) : RunChoice
    {
        public override RunSet Choose(PipelineDefinition pipeline, Func<IntervalHistory> history, DateTimeOffset now) =>
            Named(pipeline, schedule => Runs(IntervalRange.Between(schedule, From, To, now)));
    }

    private sealed record WhatIsDue : RunChoice
    {
        public override RunSet Choose(PipelineDefinition pipeline, Func<IntervalHistory> history, DateTimeOffset now)
        {
            ArgumentNullException.ThrowIfNull(history);
            var decision = ScheduledStart.Decide(Schedule.Require(pipeline), history(), now);
            return decision switch
            {
                Due due => Runs(due.Intervals, due.Message),
                NeedsFrom needs => throw new EltException(EltErrorKind.IntervalsUnknown, needs.Message)
                {
                    Subject = pipeline.Path,
                    Consequences = ["Nothing was run."],
                    Advice = [Advice.NameFirstInterval(needs.Choices)],
                },
                _ => new RunSet([], decision.Message),
            };
        }
    }
}
