using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EltPs.Engine.Definitions;
using EltPs.Engine.Scheduling;

namespace EltPs.Completion;

/// <summary>Completes logical dates: the intervals of the pipeline's schedule that are over, the newest first.</summary>
internal sealed class IntervalCompleter : QuietCompleter
{
    private const int Most = 30;

    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound)
    {
        var from = string.Equals(parameter, "To", StringComparison.OrdinalIgnoreCase) ? bound?["From"]?.ToString() : null;
        return Pipelines(bound)
            .SelectMany(Due)
            .Select(interval => (Text: Text(interval.Start), Interval: interval))
            .DistinctBy(due => due.Text)
            .Where(due => due.Text.StartsWith(word, StringComparison.Ordinal)
                && (from is null || string.CompareOrdinal(due.Text, from) >= 0))
            .Select(due => CompletionText.Result(due.Text, CompletionResultType.ParameterValue, due.Text, $"interval {due.Interval}"));
    }

    private static IEnumerable<DataInterval> Due(PipelineDefinition pipeline)
    {
        var schedule = Schedule.Of(pipeline);
        var due = schedule?.LastDue(TimeProvider.System.GetUtcNow());
        for (var count = 0; count < Most && due is not null; count++)
        {
            yield return due;
            due = schedule!.LastDue(due.Start);
        }
    }

    // In the pipeline's zone, in which a date without an offset is read.
    private static string Text(DateTimeOffset start) =>
        start.ToString(start.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
