using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>A failure of a pipeline that no success has ended yet, as one channel knows it.</summary>
/// <param name="Fingerprint">What tells whether another failure is the same one: table, step and error.</param>
/// <param name="What">The table and the step, for people.</param>
/// <param name="Since">When the first run failed since the last success, in UTC.</param>
/// <param name="Runs">How many runs have failed since then; 0 if it is a run that never happened.</param>
/// <param name="RunId">The last of them; empty if no run is known.</param>
/// <param name="NotifiedAt">When an alert of it was last sent, in UTC; null if none was.</param>
internal sealed partial record KnownFailure(
    string Fingerprint,
    string What,
    DateTimeOffset Since,
    int Runs,
    string RunId,
    [property: JsonPropertyName("ToldAt")] DateTimeOffset? NotifiedAt)
{
    /// <summary>The failure of a run, as one that is new.</summary>
    public static KnownFailure Of(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var step = AlertWords.Name(result.FailedStep);
        var what = result.FailedTable is { } table ? $"{table}, {step}" : step ?? "run";
        var error = result.Error;
        var message = Changing().Replace(error?.Message ?? string.Empty, "#");
        var text = $"{result.Status}\n{what}\n{error?.Kind}\n{error?.VendorCode}\n{error?.SqlState}\n{message}";
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        return new KnownFailure(fingerprint, what, result.StartedAt, 1, result.RunId, null);
    }

    /// <summary>The interruption of a run. Its cause is not known, so it never counts as the same as another one.</summary>
    public static KnownFailure Of(JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var table = run.OpenTable;
        return new KnownFailure(
            $"interrupted {run.RunId}",
            table is null ? "interrupted" : $"{table.Table}, {AlertWords.Name(table.Step)}, interrupted",
            run.StartedAt,
            1,
            run.RunId,
            null);
    }

    /// <summary>The failure of an overdue run: its own, or that it never happened or takes too long.</summary>
    public static KnownFailure Of(ScheduleTestResult overdue)
    {
        ArgumentNullException.ThrowIfNull(overdue);
        if (overdue is { Status: LateStatus.Failed, LastRun: { } run })
        {
            var what = run.FailedTable is { } table ? $"{table}, {AlertWords.Name(run.FailedStep)}" : "run";
            return run.Status == RunStatus.Interrupted
                ? Of(run)
                : new KnownFailure($"late {run.RunId}", what, run.StartedAt, 1, run.RunId, null);
        }

        var interval = overdue.Interval!;
        return new KnownFailure(
            $"late {interval.Start.UtcDateTime:O} {interval.End.UtcDateTime:O}",
            $"the run for {interval} {AlertWords.Outcome(overdue)}",
            interval.End.ToUniversalTime(),
            0,
            string.Empty,
            null);
    }

    /// <summary>This failure after the one that is known: one more run of it if it is the same, a new one if it is not.</summary>
    public KnownFailure Following(KnownFailure? known) => known is null
        ? this
        : this with
        {
            Since = known.Since,
            Runs = known.Runs + Runs,
            RunId = RunId.Length > 0 ? RunId : known.RunId,
            NotifiedAt = known.Fingerprint == Fingerprint ? known.NotifiedAt : null,
        };

    /// <summary>Whether an alert of it is due.</summary>
    /// <param name="repeatAfter">How long no alert is sent again; zero for every time.</param>
    /// <param name="now">The time, in UTC.</param>
    public bool IsDue(TimeSpan repeatAfter, DateTimeOffset now) => IsDue(NotifiedAt, repeatAfter, now);

    /// <summary>Whether an alert is due.</summary>
    /// <param name="notifiedAt">When one was last sent; null if none was.</param>
    /// <param name="repeatAfter">How long no alert is sent again; zero for every time.</param>
    /// <param name="now">The time, in UTC.</param>
    internal static bool IsDue(DateTimeOffset? notifiedAt, TimeSpan repeatAfter, DateTimeOffset now) =>
        notifiedAt is not { } sent

        // Sent in the future: a clock was set back, and it could be long before that time comes again.
        || sent > now
        || now - sent >= repeatAfter;

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
