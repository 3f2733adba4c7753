using EltPs.Engine.Validation;

namespace EltPs.Validation;

/// <summary>What Test-EltPipeline found in one pipeline file.</summary>
public sealed record PipelineTestResult
{
    /// <summary>The file's absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The pipeline's name; null if the file could not be read.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The connection that it was tested on; null if the file could not be read.</summary>
    public string? Connection { get; init; }

    /// <summary>The number of tables in the file; 0 if it could not be read.</summary>
    public int Tables { get; init; }

    /// <summary>Whether nothing was found that would make a run fail.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>Everything that was found.</summary>
    public required IReadOnlyList<PipelineFinding> Findings { get; init; }

    /// <summary>Those that would make a run fail.</summary>
    public IReadOnlyList<PipelineFinding> Errors => Of(FindingSeverity.Error);

    /// <summary>Those that would not, and of which its author should know.</summary>
    public IReadOnlyList<PipelineFinding> Warnings => Of(FindingSeverity.Warning);

    /// <summary>What could not be checked.</summary>
    public IReadOnlyList<PipelineFinding> NotChecked => Of(FindingSeverity.NotChecked);

    // Arrays: what the compiler makes of a collection expression, PowerShell cannot index.
    private PipelineFinding[] Of(FindingSeverity severity) => Findings.Where(finding => finding.Severity == severity).ToArray();
}
