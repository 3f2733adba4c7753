using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using EltPs.Connections;
using EltPs.Objects;
using EltPs.Validation;

namespace EltPs.Views;

/// <summary>
/// How objects are shown; <c>EltPs.Format.ps1xml</c> calls it. PowerShell would cut a table's cells at the width of the screen and break
/// a text within a word, also in a pipe; so a view lays its lines out itself, and PowerShell writes them as they are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EltView
{
    private const string Deserialized = "Deserialized.";

    // What the columns beside a name take, so that all of them fit: PowerShell would write the heading of a column that does not fit
    // letter below letter.
    private const int BesideATable = 48;
    private const int BesideAnOrigin = 43;

    private static readonly Dictionary<string, Func<ViewedObject, Screen, IEnumerable<string>>> Views = new(StringComparer.Ordinal)
    {
        [typeof(EltRunResult).FullName!] = RunView.Text,
        [typeof(EltStagedTable).FullName!] = StepViews.Staged,
        [typeof(EltVerifiedTable).FullName!] = StepViews.Verified,
        [typeof(EltPublishedTable).FullName!] = StepViews.Published,
        [typeof(EltExportedSchedule).FullName!] = ScheduleViews.Exported,
        [typeof(EltScheduleTest).FullName!] = ScheduleViews.Tested,
        [typeof(PipelineTestResult).FullName!] = PipelineViews.Tested,
        [typeof(PipelineFinding).FullName!] = PipelineViews.Found,
        [typeof(ConnectionTestResult).FullName!] = ConnectionView.Tested,
        [PipelineViews.NewFile] = PipelineViews.Written,
    };

    /// <summary>The first line of an object, live or out of a file, a job or another session.</summary>
    /// <param name="value">The object.</param>
    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static string First(PSObject value, PSHost host, object? style) => Lines(value, host, style).First();

    /// <summary>
    /// The lines behind the first. Each is written by itself: of a text of several lines, PowerShell repeats the colours of a line in
    /// those below it.
    /// </summary>
    /// <param name="value">The object.</param>
    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static string[] Rest(PSObject value, PSHost host, object? style) => Lines(value, host, style).Skip(1).ToArray();

    /// <summary>Whether there are such lines: PowerShell shows an empty list as <c>{}</c>.</summary>
    /// <param name="value">The object.</param>
    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static bool HasRest(PSObject value, PSHost host, object? style) => Lines(value, host, style).Skip(1).Any();

    /// <summary>The headings of the runs of a pipeline.</summary>
    /// <param name="host">What shows them.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static string RunHeadings(PSHost host, object? style) => JournaledRunView.Headings(new Screen(host, style));

    /// <summary>A run below these headings.</summary>
    /// <param name="value">The run.</param>
    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static string RunRow(PSObject value, PSHost host, object? style) =>
        JournaledRunView.Row(new ViewedObject(value), new Screen(host, style));

    /// <summary>A cell of a table.</summary>
    /// <param name="value">The object of the row.</param>
    /// <param name="property">The property of the column.</param>
    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle.</param>
    public static string Cell(PSObject value, string property, PSHost host, object? style)
    {
        ArgumentNullException.ThrowIfNull(value);
        var screen = new Screen(host, style);
        return (property, new ViewedObject(value).Value(property)) switch
        {
            (_, null) => string.Empty,
            ("Status" or "Severity", string status) => screen.Status(status, status),
            (_, double seconds) => ViewText.Seconds(seconds),
            (_, long count) => ViewText.Count(count),
            ("LogicalDate", DateTime date) => ViewText.Date(date),
            (_, DateTime moment) => ViewText.Moment(moment),
            ("Table" or "Target", string name) => screen.Shorten(name, BesideATable),
            ("Origin", string name) => screen.Shorten(name, BesideAnOrigin),
            ("Name" or "Connection", string name) => screen.Shorten(name, int.MaxValue),
            (_, string text) => ViewText.FirstLine(text),
            (_, System.Collections.IEnumerable items) => string.Join(", ", items.Cast<object?>()),
            (_, var other) => other.ToString() ?? string.Empty,
        };
    }

    private static IEnumerable<string> Lines(PSObject value, PSHost host, object? style)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var type in value.TypeNames)
        {
            var isPicture = type.StartsWith(Deserialized, StringComparison.Ordinal);
            if (Views.TryGetValue(isPicture ? type[Deserialized.Length..] : type, out var view))
            {
                return view(new ViewedObject(value) { IsPicture = isPicture }, new Screen(host, style));
            }
        }

        return [value.ToString()];
    }
}
