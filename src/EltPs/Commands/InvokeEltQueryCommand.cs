using System.Collections;
using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Rows;
using EltPs.Runs;

namespace EltPs.Commands;

/// <summary>Runs a query that changes nothing and writes an object for each row, as the rows come.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "EltQuery")]
[OutputType(typeof(PSObject))]
public sealed class InvokeEltQueryCommand : RowCommand
{
    /// <summary>One query; a trailing semicolon is cut.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Query")]
    [AllowEmptyString]
    public string Sql { get; set; } = string.Empty;

    /// <summary>The warehouse: a name, the path of a .duckdb file, a table of keys and values, or a connection.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>The pipeline file whose connection, time zone, sources and values the query has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <summary>The interval that the query may ask for: a day, a time in the pipeline's zone, or one with its offset.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogicalDate { get; set; }

    /// <summary>Values for the file's Variables, by name, instead of its own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VariableCompleter))]
    [ValidateNotNull]
    public IDictionary? Variable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (settings, query) = Guard(Sql, Prepare);
        WriteRows(
            $"Query on {settings.Connection.Name}",
            Sql,
            ReadingSession(settings),
            query.Located,
            (step, take, cancellationToken) => step.ReadAsync(
                new RowQuery(query.Sql) { MaximumRows = HasFirst ? First : null }, take, cancellationToken));
    }

    private (SessionSettings Settings, QueryText Query) Prepare()
    {
        var pipeline = Pipeline();
        var settings = pipeline?.Session ?? AdHocSession(Connection);
        var dialect = Provider(settings).Dialect;
        var query = QueryText.Read(
            Sql, dialect.Syntax, pipeline?.Variables ?? TemplateQuery.NoVariables, pipeline is null ? RunValues.None : Values(pipeline));
        return (settings with { Sources = query.Mentioned(settings.Sources, dialect) }, query);
    }

    private PipelineDefinition? Pipeline()
    {
        if (PipelineFile(Config, Connection) is { } file)
        {
            var pipeline = ReadPipeline(file, Connection);
            return Variable is null ? pipeline : VariableOverride.Apply(pipeline, VariableArgument.Pairs(Variable));
        }

        return LogicalDate is null && Variable is null
            ? null
            : throw new EltException(
                EltErrorKind.InvalidInput, "-LogicalDate and -Variable are for the values of a pipeline file; name it with -Config.");
    }

    // As a run by hand has it.
    private RunValues Values(PipelineDefinition pipeline)
    {
        var choice = LogicalDate is { } date ? RunChoice.On(date) : RunChoice.Latest;
        return choice.Choose(pipeline, static () => IntervalHistory.Empty, Time.GetUtcNow()).Dates[0].Values;
    }
}
