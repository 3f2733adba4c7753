namespace EltPs.Engine.Errors;

/// <summary>What a check of a table found. Errors, results and reports show it without knowing which check it is.</summary>
/// <param name="Check">The check's name, the same in every run.</param>
/// <param name="Expected">What must be, in words: <c>at least 4</c>.</param>
/// <param name="Found">What is, in words that tell it from what other checks found: <c>3 rows</c>.</param>
public sealed record CheckResult(string Check, string Expected, string Found)
{
    /// <summary>The kind of error that it is; null if the check holds.</summary>
    public EltErrorKind? Failure { get; init; }

    /// <summary>Whether the check holds.</summary>
    public bool HasPassed => Failure is null;

    /// <summary>What was found and what must be.</summary>
    public override string ToString() => HasPassed ? $"{Check}: {Found}" : $"{Check}: {Found}, {Expected} expected";
}
