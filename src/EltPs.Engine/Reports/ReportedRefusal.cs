namespace EltPs.Engine.Reports;

/// <summary>A pipeline file that had no run: it is not valid, another run holds it, or its last run cannot be resumed.</summary>
/// <param name="Path">The file as an absolute path, or as it was named if that leads nowhere.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Id">The error's id, as PowerShell shows it.</param>
/// <param name="Message">What was wrong, in which no secret is.</param>
internal sealed record ReportedRefusal(string Path, DateTimeOffset At, string Id, string Message)
{
    /// <summary>Whether the caller stopped it while it waited for another run.</summary>
    public bool IsCancellation { get; init; }
}
