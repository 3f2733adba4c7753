using EltPs.Engine.Validation;
using EltPs.Errors;
using EltPs.Objects;

namespace EltPs.Validation;

/// <summary>One thing that Test-EltPipeline found.</summary>
public sealed class PipelineFinding : EltObject
{
    internal PipelineFinding()
        : base(source: null)
    {
    }

    /// <summary>How much it matters: Error (a run would fail), Warning, NotChecked.</summary>
    public string Severity { get; internal init; } = string.Empty;

    /// <summary>The place, as <c>file(line,column)</c>; null for what concerns the file and no place in it.</summary>
    public string? Location { get; internal init; }

    /// <summary>The table; null for what concerns several, or a source.</summary>
    public string? Table { get; internal init; }

    /// <summary>What it is, and the way out.</summary>
    public string Message { get; internal init; } = string.Empty;

    /// <summary>The id of the error that a run would end with, or of what a warning is about; null where there is none.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary><c>file(line,column): what it is</c>.</summary>
    public override string ToString() => Location is null ? Message : $"{Location}: {Message}";

    internal static PipelineFinding Of(Finding finding) => new()
    {
        Severity = finding.Severity.ToString(),
        Location = finding.Location?.ToString(),
        Table = finding.Table?.ToString(),
        Message = finding.Message,
        ErrorId = finding.Kind is { } kind ? ErrorTable.Of(kind).Id : null,
    };
}
