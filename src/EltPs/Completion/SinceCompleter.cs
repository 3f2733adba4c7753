using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace EltPs.Completion;

/// <summary>Completes -Since with days that are often meant.</summary>
internal sealed class SinceCompleter : QuietCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound)
    {
        var today = TimeProvider.System.GetLocalNow().Date;
        (DateTime Day, string Tip)[] days =
        [
            (today, "today"),
            (today.AddDays(-1), "yesterday"),
            (today.AddDays(-7), "a week ago"),
            (today.AddDays(-30), "30 days ago"),
            (today.AddDays(1 - today.DayOfYear), "this year"),
        ];
        return days.Select(day => (Text: day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Tip))
            .DistinctBy(day => day.Text)
            .Where(day => day.Text.StartsWith(word, StringComparison.Ordinal))
            .Select(day => CompletionText.Result(day.Text, CompletionResultType.ParameterValue, day.Text, day.Tip));
    }
}
