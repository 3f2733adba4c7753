using EltPs.Engine.Templates;

namespace EltPs.Engine.Definitions;

/// <summary>A pipeline: tables to build, strictly in this order.</summary>
public sealed record PipelineDefinition
{
    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>The file that it was read from, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>What it is for; empty if the file does not say.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Connection, time zone and sources.</summary>
    public required SessionSettings Session { get; init; }

    /// <summary>When it is due.</summary>
    public required ScheduleDefinition Schedule { get; init; }

    /// <summary>How long each table may take that does not say so itself, and what comes before the first one.</summary>
    public TimeSpan Timeout { get; init; } = TableDefinition.DefaultTimeout;

    /// <summary>How often each table is attempted again that does not say so itself, and what comes before the first one.</summary>
    public RetryRule Retry { get; init; } = RetryRule.None;

    /// <summary>Whether all its tables are published, or none; a run of single steps publishes each by itself all the same.</summary>
    public bool PublishTogether { get; init; }

    /// <summary>Tags of the pipeline, which all its tables have.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Which channels are sent alerts of its runs; null for none.</summary>
    public AlertSettings? Alerts { get; init; }

    /// <summary>The values of its own that its SQL may ask for, by name in any case.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>The names of variables that have other values than the file's, given by whoever runs it.</summary>
    public IReadOnlyCollection<string> GivenVariables { get; init; } = [];

    /// <summary>Whether <see cref="Tables"/> are only some of the file's.</summary>
    public bool IsSelection { get; init; }

    /// <summary>The tables, in the order in which they are built.</summary>
    public required IReadOnlyList<TableDefinition> Tables { get; init; }

    /// <summary>The pipeline's name.</summary>
    public override string ToString() => Name;
}
