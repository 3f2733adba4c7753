using EltPs.Engine.Validation;
using EltPs.Objects;

namespace EltPs.Validation;

/// <summary>What Test-EltPipeline found in one pipeline file.</summary>
public sealed class PipelineTestResult : EltObject
{
    internal PipelineTestResult()
        : base(source: null)
    {
    }

    /// <summary>The file's absolute path.</summary>
    public string Path { get; internal init; } = string.Empty;

    /// <summary>The pipeline's name; null if the file could not be read.</summary>
    public string? Pipeline { get; internal init; }

    /// <summary>The connection that it was tested on; null if the file could not be read.</summary>
    public string? Connection { get; internal init; }

    /// <summary>The number of tables in the file; 0 if it could not be read.</summary>
    public int Tables { get; internal init; }

    /// <summary>Whether nothing was found that would make a run fail.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>Everything that was found.</summary>
    public EltList<PipelineFinding> Findings { get; internal init; } = new([]);

    /// <summary>Those that would make a run fail.</summary>
    public EltList<PipelineFinding> Errors => Of(FindingSeverity.Error);

    /// <summary>Those that would not, and of which its author should know.</summary>
    public EltList<PipelineFinding> Warnings => Of(FindingSeverity.Warning);

    /// <summary>What could not be checked.</summary>
    public EltList<PipelineFinding> NotChecked => Of(FindingSeverity.NotChecked);

    /// <summary>The pipeline's name, or its file's, and the verdict.</summary>
    public override string ToString() => $"{Pipeline ?? System.IO.Path.GetFileName(Path)} {(IsValid ? "Valid" : "NotValid")}";

    private EltList<PipelineFinding> Of(FindingSeverity severity) =>
        new(Findings.Where(finding => finding.Severity == severity.ToString()));
}
