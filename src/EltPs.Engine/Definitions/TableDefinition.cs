using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Definitions;

/// <summary>One table to build: its name, its SQL, and what must hold before it is published.</summary>
public sealed record TableDefinition
{
    /// <summary>The table's name.</summary>
    public required TableName Name { get; init; }

    /// <summary>One SQL query, read once: <c>{{ name }}</c> in it stands for a value.</summary>
    public required SqlTemplate Query { get; init; }

    /// <summary>The query as written, without a trailing semicolon.</summary>
    public string Sql => Query.Sql;

    /// <summary>The variables of its pipeline that <see cref="Query"/> uses, by name in any case.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>The session that builds it: connection, time zone, sources.</summary>
    public required SessionSettings Session { get; init; }

    /// <summary>What its file says of it beyond that; each option is a property below, or one of its warehouse's own.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>The rows that it must have at least to be published; 0 allows an empty table.</summary>
    public long MinimumRows
    {
        get => Options.Of(TableOptions.MinimumRows);
        init => Options = Options.With(TableOptions.MinimumRows, value);
    }

    /// <summary>The rows that it may have at most to be published; null for no bound.</summary>
    public long? MaximumRows
    {
        get => Options.Of(TableOptions.MaximumRows);
        init => Options = Options.With(TableOptions.MaximumRows, value);
    }

    /// <summary>Whether the generation that it replaces is kept at the staging name, to undo to.</summary>
    public bool KeepPrevious
    {
        get => Options.Of(TableOptions.KeepPrevious);
        init => Options = Options.With(TableOptions.KeepPrevious, value);
    }

    /// <summary>How it takes the published table's place.</summary>
    public PublishMethod Publish
    {
        get => Options.Of(TableOptions.Publish);
        init => Options = Options.With(TableOptions.Publish, value);
    }

    /// <summary>How long building, checking and publishing it may take together; a single step, if it is done alone.</summary>
    public TimeSpan Timeout
    {
        get => Options.Of(TableOptions.Timeout);
        init => Options = Options.With(TableOptions.Timeout, value);
    }

    /// <summary>How often it is attempted again, from its stage step on, within <see cref="Timeout"/>.</summary>
    public RetryRule Retry
    {
        get => RetryRule.Of(Options);
        init => Options = Options.With(TableOptions.Retries, value.Retries).With(TableOptions.RetryDelay, value.Delay);
    }

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
