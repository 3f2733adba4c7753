using EltPs.Engine.Events;

namespace EltPs.Engine.Errors;

/// <summary>
/// Composes the message of an error, the one that the error record, the journal, the reports and the alerts show: where and what on the
/// first line, then what it means for the published table and what to do next.
/// </summary>
internal static class FailureText
{
    /// <summary>The whole message. Advice that needs the words of an edge is in it once the error has come to one.</summary>
    public static string Of(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Lines(failure, Where(failure, failure.Location));
    }

    /// <summary>The message without what to do next, for whoever shows that beside it.</summary>
    public static string WithoutAdvice(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var what = failure.Parts.Count == 0 ? [Where(failure, failure.Location) + failure.What] : failure.Parts.Select(WithoutAdvice);
        var rest = Join(failure.Consequences);
        return string.Join('\n', rest.Length == 0 ? what : what.Append(rest));
    }

    /// <summary>What to do next, each advice once; empty if there is none.</summary>
    public static string Advice(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Join(Advices(failure).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The message without the place in the file, for whoever shows that beside it.</summary>
    public static string WithoutLocation(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Lines(failure, Where(failure, location: null));
    }

    /// <summary>What happened, what it means and what helps, on one line and without where, for a sentence that says that.</summary>
    public static string Reason(EltException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Join([.. failure.Parts.Count == 0 ? [failure.What] : failure.Parts.Select(Reason), .. Rest(failure)]);
    }

    private static string Lines(EltException failure, string where)
    {
        var what = failure.Parts.Count == 0 ? [where + failure.What] : failure.Parts.Select(Of);
        var rest = Join(Rest(failure));
        return string.Join('\n', rest.Length == 0 ? what : what.Append(rest));
    }

    // What has lines of its own begins on one.
    private static string Join(IEnumerable<string> sentences) => sentences.Aggregate(
        string.Empty,
        (text, next) => text.Length == 0 ? next
            : text.Contains('\n', StringComparison.Ordinal) || next.Contains('\n', StringComparison.Ordinal)
                ? $"{text}\n{next}"
                : $"{text} {next}");

    private static IEnumerable<string> Rest(EltException failure) => failure.Consequences.Concat(Own(failure));

    private static IEnumerable<string> Own(EltException failure) =>
        failure.Advice.Select(advice => Word(advice, failure.Wording)).OfType<string>();

    private static IEnumerable<string> Advices(EltException failure) => failure.Parts.SelectMany(Advices).Concat(Own(failure));

    private static string? Word(Advice advice, IAdviceWording? wording) =>
        advice.Kind == AdviceKind.Say ? advice.Text : wording?.Word(advice);

    private static string Where(EltException failure, SourceLocation? location)
    {
        var subject = failure.Table?.ToString() ?? failure.Subject;
        var sql = failure.Table is null || location is null ? string.Empty : $" (SQL at {location})";
        string?[] places =
        [
            failure.Table is null ? location?.ToString() : null,
            subject,
            failure.Step is { } step ? $"{step.ToString().ToLowerInvariant()} failed{sql}" : null,
        ];
        return string.Concat(places.OfType<string>().Select(place => $"{place}: "));
    }
}
