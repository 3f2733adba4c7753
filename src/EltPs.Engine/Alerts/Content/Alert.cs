using EltPs.Engine.Definitions;

namespace EltPs.Engine.Alerts;

/// <summary>What an alert says, before a channel gives it a form.</summary>
internal sealed record Alert
{
    /// <summary>What it is about; null for a text.</summary>
    public AlertOccasion? Occasion { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The pipeline's name; null if there is none.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Text that a user wrote, or more about what happened; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>The interval whose run it is about; null if it is about none.</summary>
    public string? Interval { get; init; }

    /// <summary>Since when that run is due; null if it is about none.</summary>
    public string? DueAt { get; init; }

    /// <summary>The state folder that was looked at; null if none was.</summary>
    public string? StateFolder { get; init; }

    /// <summary>The table that failed; null if none did.</summary>
    public string? Table { get; init; }

    /// <summary>The step that failed, in small letters; null if none did.</summary>
    public string? Step { get; init; }

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The rows: of the table that failed, or of all that were published; null if they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>How long it took; null if it is not known.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Which attempt it was, such as <c>3 of 3</c>; null if it was the only one.</summary>
    public string? Attempt { get; init; }

    /// <summary>What stopped the attempts before it, each with its number, where that was something else.</summary>
    public IReadOnlyList<string> EarlierErrors { get; init; } = [];

    /// <summary>The run's id; null outside of a run.</summary>
    public string? RunId { get; init; }

    /// <summary>When it began; null if it is not known.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The warehouse's id of the query that failed; null where it has none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The connection's name and type; null if there is none.</summary>
    public string? Connection { get; init; }

    /// <summary>The machine; null if it does not matter.</summary>
    public string? Host { get; init; }

    /// <summary>What became of the tables, a line each or all in one; empty if that is said already.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The command to enter next: it resumes the run, or runs the pipeline; null if there is none.</summary>
    public string? NextCommand { get; init; }

    /// <summary>Where to read more; null for nowhere. It is set for each channel, whose settings have the template.</summary>
    public Uri? Link { get; init; }

    /// <summary>What the pipeline's file says about alerts, for what a channel adds to the message; null if there is none.</summary>
    public AlertSettings? Settings { get; init; }

    /// <summary>Whether it calls for action: a run failed or is overdue.</summary>
    public bool IsProblem => Occasion is AlertOccasion.Failure or AlertOccasion.Late;
}
