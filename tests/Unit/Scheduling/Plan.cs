using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;

namespace EltPs.Tests.Scheduling;

/// <summary>Schedules, moments and histories as the rows of a table can name them.</summary>
internal static class Plan
{
    /// <summary>A schedule, such as <c>@daily</c>, in a zone.</summary>
    public static Schedule Of(string expression, string zone = "UTC", string? start = null, string? end = null, bool catchup = false) =>
        Schedule.Of(new ScheduleDefinition(expression, Local(start), Local(end), catchup), zone)!;

    /// <summary>A moment with its offset; without one it is UTC.</summary>
    public static DateTimeOffset At(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>
    /// What is remembered: <c>01-10 Succeeded, 01-11 Failed</c> are intervals of the schedule that begin on these days of 2025;
    /// <c>nothing</c> is an empty history.
    /// </summary>
    public static IntervalHistory History(Schedule schedule, string runs) => runs == "nothing"
        ? IntervalHistory.Empty
        : new IntervalHistory(runs.Split(", ").Select(run => run.Split(' ')).Select(run =>
        {
            var interval = schedule.From(schedule.Clock.Read(Local("2025-" + run[0])!.Value).First).First();
            return new IntervalRun(interval.Start, interval.End, Enum.Parse<RunStatus>(run[1]));
        }));

    /// <summary>An interval with both offsets, as a row names it.</summary>
    public static string Text(DataInterval? interval) => interval is null ? "none" : $"{Text(interval.Start)} to {Text(interval.End)}";

    public static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static DateTime? Local(string? date) => date is null ? null : DateTime.Parse(date, CultureInfo.InvariantCulture);
}
