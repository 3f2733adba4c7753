using System.Globalization;
using Cronos;
using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Schedule, StartDate, EndDate, Catchup and TimeZone; checks their form.</summary>
internal static class ScheduleReader
{
    private static readonly string[] Presets = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly"];

    // Presets of Airflow that its users look for; neither has data intervals.
    private static readonly string[] ByHand = ["@once", "@continuous"];

    private static readonly string[] NeedSchedule = ["StartDate", "EndDate", "Catchup"];

    private static readonly string[] DateForms =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];

    public static ScheduleDefinition Read(KeyedNode root, ComplaintList complaints)
    {
        var start = ReadDate(root, "StartDate", complaints);
        var end = ReadDate(root, "EndDate", complaints);
        if (end < start)
        {
            complaints.Add(root.Find("EndDate")!.Value, "EndDate is before StartDate; write a later one, or none.");
        }

        foreach (var key in root.Find("Schedule") is null ? NeedSchedule : [])
        {
            if (root.Find(key) is { } alone)
            {
                complaints.Add(alone.Value, $"{key} has no meaning without a Schedule; add one such as '@daily', or take {key} out.");
            }
        }

        return new ScheduleDefinition(ReadExpression(root, complaints), start, end, root.Flag("Catchup", ifMissing: false));
    }

    public static string ReadTimeZone(KeyedNode root, ComplaintList complaints)
    {
        if (root.Text("TimeZone") is not { Value: string id } node
            || string.Equals(id, SessionSettings.DefaultTimeZone, StringComparison.OrdinalIgnoreCase))
        {
            return SessionSettings.DefaultTimeZone;
        }

        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var converted))
        {
            return converted;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId)
        {
            return zone.Id;
        }

        complaints.Add(node, $"There is no time zone {ComplaintList.Show(id)}; write an IANA name such as 'Europe/Berlin'.");
        return SessionSettings.DefaultTimeZone;
    }

    private static string? ReadExpression(KeyedNode root, ComplaintList complaints)
    {
        if (root.Text("Schedule") is not { Value: string text } node)
        {
            return null;
        }

        var expression = text.Trim();
        if (expression.StartsWith('@'))
        {
            var preset = SchedulePreset.Find(expression);
            if (ByHand.Contains(expression, StringComparer.OrdinalIgnoreCase))
            {
                complaints.Add(node, $"{ComplaintList.Show(text)} names no intervals; leave Schedule out, and run the pipeline by hand.");
            }
            else if (preset is null)
            {
                complaints.Add(
                    node,
                    $"There is no schedule {ComplaintList.Show(text)}; write {string.Join(", ", Presets)} or a cron expression such as '0 "
                        + "6 * * *'.");
            }

            return preset;
        }

        try
        {
            if (CronRule.Parse(expression).Next(DateTime.UnixEpoch, inclusive: true) is null)
            {
                complaints.Add(
                    node,
                    $"Schedule {ComplaintList.Show(text)} names a day that never comes; write one that does, such as '0 6 1 * *'.");
            }

            return expression;
        }
        catch (CronFormatException failure)
        {
            complaints.Add(
                node,
                $"Schedule {ComplaintList.Show(text)} is no cron expression of five fields, such as '0 6 * * *': "
                    + $"{ComplaintList.Show(failure.Message)}");
            return null;
        }
    }

    private static DateTime? ReadDate(KeyedNode root, string key, ComplaintList complaints)
    {
        if (root.Text(key) is not { Value: string text } node)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        complaints.Add(node, $"{key} {ComplaintList.Show(text)} is no date; write 'yyyy-MM-dd' or 'yyyy-MM-dd HH:mm'.");
        return null;
    }
}
