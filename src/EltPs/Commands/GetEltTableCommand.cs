using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Scheduling;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.Runs;
using EltPs.Selection;

namespace EltPs.Commands;

/// <summary>Reads pipeline files and writes their tables, in order. Touches no warehouse.</summary>
[Cmdlet(VerbsCommon.Get, "EltTable")]
[OutputType(typeof(EltTable))]
public sealed class GetEltTableCommand : PipelineSqlCommand
{
    /// <summary>Only tables with these names; wildcards allowed. With or without the schema.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    public string[]? Table { get; set; }

    /// <summary>Only tables with one of these tags (their own or their pipeline's); wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>
    /// The interval that the SQL of the tables may ask for: a day, a time in the pipeline's zone, or one with its offset. Without it, the
    /// latest one that is over.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogicalDate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var filter = new TableFilter(Table, Tag);
        foreach (var path in Files())
        {
            WriteObject(Guard(path, () => Tables(filter.Apply(Given(ReadPipeline(path, Connection))))), enumerateCollection: true);
        }
    }

    // What is built of the tables depends on all of them.
    private protected override void Refuse(string path, EltException failure) => ThrowTerminatingError(failure.ToRecord(path));

    private PipelineDefinition Given(PipelineDefinition pipeline) =>
        Variable is null ? pipeline : VariableOverride.Apply(pipeline, VariableArgument.Pairs(Variable));

    // As a run by hand has it.
    private IEnumerable<EltTable> Tables(PipelineDefinition pipeline)
    {
        var choice = LogicalDate is { } date ? RunChoice.On(date) : RunChoice.Latest;
        var runs = choice.Choose(pipeline, static () => IntervalHistory.Empty, Time.GetUtcNow());
        return pipeline.Tables.Select(table => new EltTable(table with { Values = runs.Dates[0].Values }, pipeline.Tags));
    }
}
