using EltPs.Objects;

namespace EltPs.Views;

/// <summary>What is written for a scheduler, and whether a schedule was kept.</summary>
internal static class ScheduleViews
{
    public static IEnumerable<string> Exported(ViewedObject export, Screen screen)
    {
        var paths = export.Texts(nameof(EltExportedSchedule.Path));
        var lines = new List<string>
        {
            $"{export.Text(nameof(EltExportedSchedule.Pipeline))}  {export.Text(nameof(EltExportedSchedule.Format))}",
            string.Empty,
        };
        lines.AddRange(paths.Select(path => $"  {path}"));
        if (!export.Is(nameof(EltExportedSchedule.StartsOnlyWhenDue)))
        {
            lines.Add(string.Empty);
            lines.AddRange(ViewText.Wrap("It also starts when nothing is due, and does nothing then.", screen, "  ", "  "));
        }

        lines.Add(string.Empty);
        var first = paths.Count > 0 ? FileName(paths[0]) : "the file";
        lines.AddRange(ViewText.Wrap($"To install: see the first lines of {first}, or Install of this object.", screen, "  ", "  "));
        return lines.Append(string.Empty);
    }

    public static IEnumerable<string> Tested(ViewedObject test, Screen screen)
    {
        var status = test.Text(nameof(EltScheduleTest.Status)) ?? string.Empty;
        var late = !test.Is(nameof(EltScheduleTest.IsLate)) ? string.Empty
            : test.Value(nameof(EltScheduleTest.LateFrom)) is DateTime from ? $"late since {ViewText.Moment(from)}"
            : "late";
        var lines = new List<string>(ViewText.Flow(
            [
                new(test.Text(nameof(EltScheduleTest.Pipeline)) ?? string.Empty),
                new(status, screen.Status(status, status)),
                new(late, screen.Status("Late", late)),
                new(test.Text(nameof(EltScheduleTest.RunId)) is { } run ? $"run {run}" : string.Empty),
            ],
            screen))
        {
            string.Empty,
        };
        lines.AddRange(ViewText.Wrap(test.Text(nameof(EltScheduleTest.Message)) ?? string.Empty, screen, "  ", "  "));
        if (test.Text(nameof(EltScheduleTest.Error)) is { } error)
        {
            lines.AddRange(ViewText.Wrap(ViewText.FirstLine(error), screen, "  ", "  "));
        }

        return lines.Append(string.Empty);
    }

    // Of either system: a picture may come from the other one.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
