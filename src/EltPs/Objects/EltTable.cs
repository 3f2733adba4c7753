using EltPs.Engine.Definitions;
using EltPs.Engine.Templates;

namespace EltPs.Objects;

/// <summary>One table of a pipeline file: its name, its SQL, and what must hold before it is published.</summary>
public sealed class EltTable : EltObject
{
    /// <param name="definition">The table.</param>
    /// <param name="pipelineTags">The tags of its pipeline, which are its own too.</param>
    internal EltTable(TableDefinition definition, IEnumerable<string> pipelineTags)
        : base(definition)
    {
        Table = definition.Name.ToString();
        Staging = definition.Name.Staging.ToString();
        Pipeline = definition.Pipeline;
        Connection = definition.Session.Connection.ToString();
        Tags = new(definition.Tags.Concat(pipelineTags).Distinct(StringComparer.OrdinalIgnoreCase));
        MinimumRows = definition.MinimumRows;
        MaximumRows = definition.MaximumRows;
        KeepPrevious = definition.KeepPrevious;
        PublishMethod = definition.Publish.ToString();
        Timeout = Plain.Seconds(definition.Timeout);
        Retries = definition.Retry.Retries;
        RetryDelay = Plain.Seconds(definition.Retry.Delay);
        Options = new(definition.Options.Keys.Select(key => KeyValuePair.Create(key, Simple(definition.Options[key]))));
        Variables = EltValues.Of(definition.Variables);
        Values = new(RunValues.Names
            .Select(name => KeyValuePair.Create(name, (object?)definition.Values.Find(name)?.ToString()))
            .Where(value => value.Value is not null));
        Location = definition.Location?.ToString();
        Sql = definition.Sql;
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>Where it is built and checked.</summary>
    public string Staging { get; }

    /// <summary>The rows that it must have at least to be published; 0 allows an empty table.</summary>
    public long MinimumRows { get; }

    /// <summary>The rows that it may have at most to be published; null for no bound.</summary>
    public long? MaximumRows { get; }

    /// <summary>Whether the generation that it replaces is kept, to undo to.</summary>
    public bool KeepPrevious { get; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection { get; }

    /// <summary>What -Tag selects it by: its own tags and those of its pipeline.</summary>
    public EltList<string> Tags { get; }

    /// <summary>The pipeline that lists it; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; }

    /// <summary>How it takes the published table's place: Swap or Clone.</summary>
    public string PublishMethod { get; }

    /// <summary>How long building, checking and publishing it may take together, in seconds; a single step, if it is done alone.</summary>
    public double Timeout { get; }

    /// <summary>How often it is attempted again after an error that may pass.</summary>
    public int Retries { get; }

    /// <summary>How long the first retry waits, in seconds.</summary>
    public double RetryDelay { get; }

    /// <summary>The options that its file gives a value, by their keys.</summary>
    public EltValues Options { get; }

    /// <summary>The variables that its SQL uses, as text.</summary>
    public EltValues Variables { get; }

    /// <summary>What its SQL may ask of the run where single steps build it (<c>ds</c> …), as text.</summary>
    public EltValues Values { get; }

    /// <summary>Where its SQL begins, as <c>file(line,column)</c>; null for a table that was named by parameters.</summary>
    public string? Location { get; }

    /// <summary>The query as written, without a trailing semicolon.</summary>
    public string Sql { get; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Table;

    private static object? Simple(object? value) => value switch
    {
        null or string or bool or int or long or double => value,
        TimeSpan time => Plain.Seconds(time),
        System.Collections.IEnumerable items => string.Join(", ", items.Cast<object?>()),
        _ => value.ToString(),
    };
}
