using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Validation;

/// <summary>One thing that a test of a pipeline file found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What it is, and the way out.</param>
internal sealed record Finding(FindingSeverity Severity, string Message)
{
    /// <summary>The place; null for what concerns the file and no place in it.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The table; null for what concerns several, or a source.</summary>
    public TableName? Table { get; init; }

    /// <summary>The kind of the error that a run would end with, or of what a warning is about; null where there is none.</summary>
    public EltErrorKind? Kind { get; init; }

    /// <summary>A complaint about the file's text.</summary>
    public static Finding Of(Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return new Finding(FindingSeverity.Error, complaint.Message)
        {
            Location = complaint.Location,
            Kind = EltErrorKind.InvalidPipelineFile,
        };
    }

    /// <summary>An error that a run would end with.</summary>
    /// <param name="failure">The error.</param>
    /// <param name="location">The place; null for none.</param>
    /// <param name="table">The table; null for none.</param>
    public static Finding Of(EltException failure, SourceLocation? location, TableName? table)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new Finding(
            FindingSeverity.Error,
            location is not null && location == failure.Location ? FailureText.WithoutLocation(failure) : failure.Message)
        {
            Location = location,
            Table = table,
            Kind = failure.Kind,
        };
    }

    /// <summary><c>file(line,column): what it is</c>, the form that editors and build tools link.</summary>
    public override string ToString() => Location is null ? Message : $"{Location}: {Message}";
}
