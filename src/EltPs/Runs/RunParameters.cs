using System.Management.Automation;

namespace EltPs.Runs;

/// <summary>Which of the parameters of Invoke-EltPipeline that choose runs go together.</summary>
/// <remarks>
/// The parameter sets keep completion from offering what cannot follow. But PowerShell's message for two parameters of different sets names
/// neither ("Parameter set cannot be resolved …"), and the sets are compared when all named parameters are bound. So each of these
/// parameters tells when it is bound, and the second one of a pair is refused with what is wrong with the pair.
/// </remarks>
internal sealed class RunParameters
{
    private static readonly string[] Choice = ["LogicalDate", "From", "To"];
    private static readonly string[] Selection = ["Table", "Tag"];
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>A parameter was given.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="PSArgumentException">It does not go with one that was given before.</exception>
    public void Give(string name)
    {
        _given.Add(name);
        if (Problem is { } problem)
        {
            throw new PSArgumentException(problem);
        }
    }

    private string? Problem => this switch
    {
        _ when Has("Resume", "StartAt") => "-Resume finds the table to begin with by itself; give it or -StartAt, not both.",
        _ when Has("Resume", ["Scheduled", .. Choice, .. Selection]) =>
            "-Resume continues the last run as it was, with its interval and its tables; give it alone, or run anew without it.",
        _ when Has("Scheduled", Choice) =>
            "-Scheduled finds the intervals that are due by itself; give it, or -LogicalDate, or -From and -To.",
        _ when Has("Scheduled", ["StartAt", .. Selection]) =>
            "-Scheduled runs whole pipelines: an interval is done when all its tables are. Take out -StartAt, -Table and -Tag, or run by "
                + "hand without -Scheduled.",
        _ when Has("LogicalDate", "From", "To") =>
            "-LogicalDate is one interval, -From and -To are a range; give the one or the other.",
        _ when Has("StartAt", "From", "To") =>
            "-StartAt is for one run; to build some tables for a range of intervals, choose them with -Table or -Tag.",
        _ when Has("StartAt", Selection) =>
            "-StartAt begins at a table and builds all behind it, -Table and -Tag choose tables; give the one or the other.",
        _ => null,
    };

    private bool Has(string one, params string[] others) => _given.Contains(one) && _given.Overlaps(others);
}
