using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Definitions;

/// <summary>One table to build: its name, its SQL, and what must hold before it is published.</summary>
public sealed record TableDefinition
{
    /// <summary>The rows that a table must have where nobody says otherwise.</summary>
    public const long DefaultMinimumRows = 1;

    /// <summary>The time that a table has where nobody says otherwise: one hour.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromHours(1);

    /// <summary>The table's name.</summary>
    public required TableName Name { get; init; }

    /// <summary>One SQL query without a trailing semicolon; <c>{{ name }}</c> in it stands for a value.</summary>
    public required string Sql { get; init; }

    /// <summary>The variables of its pipeline that <see cref="Sql"/> uses, by name in any case.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>The session that builds it: connection, time zone, sources.</summary>
    public required SessionSettings Session { get; init; }

    /// <summary>The rows that it must have at least to be published; 0 allows an empty table.</summary>
    public long MinimumRows { get; init; } = DefaultMinimumRows;

    /// <summary>Whether the generation that it replaces is kept at the staging name, to undo to.</summary>
    public bool KeepPrevious { get; init; } = true;

    /// <summary>How it takes the published table's place.</summary>
    public PublishMethod Publish { get; init; } = PublishMethod.Swap;

    /// <summary>
    /// Whether a first build makes a transient table, where the warehouse has them; later builds have the published table's own kind. Null
    /// for no opinion.
    /// </summary>
    public bool? Transient { get; init; }

    /// <summary>The expressions that it is clustered by, where the warehouse clusters; empty for none.</summary>
    public IReadOnlyList<string> ClusterBy { get; init; } = [];

    /// <summary>How long building, checking and publishing it may take together; a single step, if it is done alone.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How often it is attempted again, from its stage step on, within <see cref="Timeout"/>.</summary>
    public RetryRule Retry { get; init; } = RetryRule.None;

    /// <summary>Its own tags; its pipeline's come on top.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The pipeline that lists it; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Which channels are sent alerts of its pipeline's runs; null for a table that was named by parameters.</summary>
    public AlertSettings? Alerts { get; init; }

    /// <summary>
    /// What its SQL may ask of the run where single steps build it; nothing for a table that was named by parameters, and in a run of the
    /// pipeline, which has values of its own.
    /// </summary>
    public RunValues Values { get; init; } = RunValues.None;

    /// <summary>Where its SQL begins; null for a table that was named by parameters.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Name.ToString();
}
