using Cronos;

namespace EltPs.Engine.Scheduling;

/// <summary>Which local times a schedule names, as if clocks were never changed.</summary>
/// <remarks>
/// Cronos reads the expression and jumps from one time to the next. Its own zone arithmetic is not used: in version 0.13 it returns the
/// same time for ever at the clock change of Europe/Dublin, Africa/Casablanca and Pacific/Apia, and its way back is not the reverse of its
/// way forward.
/// </remarks>
internal sealed class CronRule
{
    private static readonly char[] IntervalMarks = ['*', '?', '-', '/'];
    private readonly CronExpression[] _parts;

    private CronRule(CronExpression[] parts, bool isInterval)
    {
        _parts = parts;
        IsInterval = isInterval;
    }

    /// <summary>
    /// Whether its minute or hour has <c>*</c>, a range or a step, so that it also runs in an hour that is repeated (Cronos README,
    /// "Transition from Summer time").
    /// </summary>
    public bool IsInterval { get; }

    /// <summary>The expressions whose times are together those of the schedule: two where it names the days of either kind.</summary>
    public IReadOnlyList<CronExpression> Parts => _parts;

    /// <summary>Reads a preset or a cron expression.</summary>
    /// <param name="expression">The preset in lower case, or five fields.</param>
    /// <exception cref="CronFormatException">It is neither.</exception>
    public static CronRule Parse(string expression)
    {
        var cron = SchedulePreset.Cron(expression) ?? expression;
        CronExpression whole;
        try
        {
            whole = CronExpression.Parse(cron, CronFormat.Standard);
        }
        catch (MissingSeedException)
        {
            throw new CronFormatException("H is not supported; write the number.");
        }

        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [var minute, var hour, var day, var month, var weekday])
        {
            throw new CronFormatException("A macro of Cronos is not one of the presets.");
        }

        // Where both name days, cron(5), Kubernetes and Airflow run on the days of either; Cronos alone would run only on those of both.
        CronExpression[] parts = IsAny(day) || IsAny(weekday)
            ? [whole]
                :
                [
                    CronExpression.Parse($"{minute} {hour} {day} {month} *", CronFormat.Standard),
                    CronExpression.Parse($"{minute} {hour} * {month} {weekday}", CronFormat.Standard),
                ];
        return new CronRule(parts, minute.IndexOfAny(IntervalMarks) >= 0 || hour.IndexOfAny(IntervalMarks) >= 0);
    }

    /// <summary>The first local time after one, or from it on; null if there is none.</summary>
    public DateTime? Next(DateTime local, bool inclusive)
    {
        var from = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        return _parts.Min(part => part.GetNextOccurrence(from, inclusive));
    }

    /// <summary>The last local time up to one; null if there is none.</summary>
    public DateTime? Previous(DateTime local)
    {
        var from = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        return _parts.Max(part => part.GetPreviousOccurrence(from, inclusive: true));
    }

    private static bool IsAny(string field) => field is "*" or "?" or "*/1";
}
