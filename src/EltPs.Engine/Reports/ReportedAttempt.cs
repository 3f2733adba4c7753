using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>An attempt at a table that another one followed.</summary>
/// <param name="Attempt">Which one it was, from 1.</param>
/// <param name="Message">What stopped it, in words.</param>
/// <param name="Seconds">How long the next one waited, in seconds.</param>
public sealed record ReportedAttempt(int Attempt, string Message, double Seconds)
{
    internal static ReportedAttempt Of(FailedAttempt failed) => new(failed.Attempt, failed.Error.Message, ReportedSeconds.Of(failed.Wait));
}
