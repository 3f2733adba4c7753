using EltPs.Engine.Validation;
using EltPs.Errors;

namespace EltPs.Validation;

/// <summary>One thing that Test-EltPipeline found.</summary>
public sealed record PipelineFinding
{
    /// <summary>How much it matters: Error (a run would fail), Warning, NotChecked.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The place, as <c>file(line,column)</c>; null for what concerns the file and no place in it.</summary>
    public string? Location { get; init; }

    /// <summary>The table; null for what concerns several, or a source.</summary>
    public string? Table { get; init; }

    /// <summary>What it is, and the way out.</summary>
    public required string Message { get; init; }

    /// <summary>The id of the error that a run would end with, or of what a warning is about; null where there is none.</summary>
    public string? ErrorId { get; init; }

    /// <summary><c>file(line,column): what it is</c>.</summary>
    public override string ToString() => Location is null ? Message : $"{Location}: {Message}";

    internal static PipelineFinding Of(Finding finding) => new()
    {
        Severity = finding.Severity,
        Location = finding.Location?.ToString(),
        Table = finding.Table?.ToString(),
        Message = finding.Message,
        ErrorId = finding.Kind is { } kind ? ErrorTable.Of(kind).Id : null,
    };
}
