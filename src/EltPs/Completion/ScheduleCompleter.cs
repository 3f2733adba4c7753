using System.Collections;
using System.Management.Automation;

namespace EltPs.Completion;

/// <summary>Completes -Schedule: the presets, and cron expressions to begin with.</summary>
internal sealed class ScheduleCompleter : QuietCompleter
{
    private static readonly (string Text, string Tip)[] Schedules =
    [
        ("@hourly", "at minute 0 of each hour"),
        ("@daily", "each day at 00:00"),
        ("@weekly", "each Sunday at 00:00"),
        ("@monthly", "on the first day of each month at 00:00"),
        ("@quarterly", "on the first day of January, April, July and October at 00:00"),
        ("@yearly", "on 1 January at 00:00"),
        ("0 6 * * *", "each day at 06:00"),
        ("0 6 * * 1-5", "Monday to Friday at 06:00"),
        ("*/15 * * * *", "each quarter of an hour"),
        ("0 */4 * * *", "every four hours"),
        ("30 2 * * 1", "each Monday at 02:30"),
        ("0 6 1 * *", "on the first day of each month at 06:00"),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound) => Schedules
        .Where(schedule => schedule.Text.TrimStart('@').StartsWith(word.TrimStart('@'), StringComparison.OrdinalIgnoreCase))
        .Select(schedule => CompletionText.Result(schedule.Text, CompletionResultType.ParameterValue, schedule.Text, schedule.Tip));
}
