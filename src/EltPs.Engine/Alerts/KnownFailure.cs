using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>A failure of a pipeline that no success has ended yet.</summary>
/// <param name="Fingerprint">What tells whether another failure is the same one: table, step and error.</param>
/// <param name="What">The table and the step, for people.</param>
/// <param name="Since">When the first run failed since the last success, in UTC.</param>
/// <param name="Runs">How many runs have failed since then; 0 if it is a run that never happened.</param>
/// <param name="RunId">The last of them; empty if no run is known.</param>
/// <param name="ToldAt">When it was last told, in UTC; null if it was not.</param>
public sealed partial record KnownFailure(
    string Fingerprint,
    string What,
    DateTimeOffset Since,
    int Runs,
    string RunId,
    DateTimeOffset? ToldAt)
{
    /// <summary>The failure of a run, as one that nobody knows of yet.</summary>
    public static KnownFailure Of(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var step = AlertReports.Name(result.FailedStep);
        var what = result.FailedTable is { } table ? $"{table}, {step}" : step ?? "run";
        var error = result.Error;
        var text =
            $"{result.Status}\n{what}\n{error?.Kind}\n{error?.VendorCode}\n{error?.SqlState}\n{Changing().Replace(error?.Message ?? string.Empty, "#")}";
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        return new KnownFailure(fingerprint, what, result.StartedAt, 1, result.RunId, null);
    }

    /// <summary>The death of a run. What killed it nobody knows, so that it is never the same as another one.</summary>
    public static KnownFailure Of(JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var table = run.OpenTable;
        return new KnownFailure(
            $"interrupted {run.RunId}",
            table is null ? "interrupted" : $"{table.Table}, {AlertReports.Name(table.Step)}, interrupted",
            run.StartedAt,
            1,
            run.RunId,
            null);
    }

    /// <summary>What a late run is: its own failure, or that it never happened or takes too long.</summary>
    public static KnownFailure Of(ScheduleTestResult late)
    {
        ArgumentNullException.ThrowIfNull(late);
        if (late is { Status: DueStatus.Failed, LastRun: { } run })
        {
            var what = run.FailedTable is { } table ? $"{table}, {AlertReports.Name(run.FailedStep)}" : "run";
            return run.Status == RunStatus.Interrupted
                ? Of(run)
                : new KnownFailure($"late {run.RunId}", what, run.StartedAt, 1, run.RunId, null);
        }

        var interval = late.Interval!;
        return new KnownFailure(
            $"late {interval.Start.UtcDateTime:O} {interval.End.UtcDateTime:O}",
            $"the run for {interval} {LateReport.Outcome(late)}",
            interval.End.ToUniversalTime(),
            0,
            string.Empty,
            null);
    }

    /// <summary>This failure after the one that is known: one more of it if it is the same, and news if it is not.</summary>
    public KnownFailure Following(KnownFailure? known) => known is null
        ? this
        : this with
        {
            Since = known.Since,
            Runs = known.Runs + Runs,
            RunId = RunId.Length > 0 ? RunId : known.RunId,
            ToldAt = known.Fingerprint == Fingerprint ? known.ToldAt : null,
        };

    /// <summary>Whether it is to be told.</summary>
    /// <param name="repeatAfter">How long it is not told again; zero for every time.</param>
    /// <param name="now">The time, in UTC.</param>
    public bool IsDue(TimeSpan repeatAfter, DateTimeOffset now) => IsDue(ToldAt, repeatAfter, now);

    /// <summary>Whether something is to be told.</summary>
    /// <param name="toldAt">When it was last told; null if it was not.</param>
    /// <param name="repeatAfter">How long it is not told again; zero for every time.</param>
    /// <param name="now">The time, in UTC.</param>
    internal static bool IsDue(DateTimeOffset? toldAt, TimeSpan repeatAfter, DateTimeOffset now) =>
        toldAt is not { } told

        // Told in the future: a clock was set back, and silence until then could be long.
        || told > now
        || now - told >= repeatAfter;

    /// <summary>How it was, for the message that it is over.</summary>
    public string Describe() => Runs == 0
        ? string.Create(CultureInfo.InvariantCulture, $"Late since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {What}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Failed since {Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({Runs} {(Runs == 1 ? "run" : "runs")}, the last one {RunId}): "
                    + $"{What}");

    // Ids, numbers of rows and times differ from run to run though nothing has changed.
    [GeneratedRegex(@"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9]+(?:Z-[0-9a-f]{6})?")]
    private static partial Regex Changing();
}
