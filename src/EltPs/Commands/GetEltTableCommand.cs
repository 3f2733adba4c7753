using System.Management.Automation;

using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Selection;

namespace EltPs.Commands;

/// <summary>Reads pipeline files and writes their tables, in order. Touches no warehouse.</summary>
[Cmdlet(VerbsCommon.Get, "EltTable")]
[OutputType(typeof(TableDefinition))]
public sealed class GetEltTableCommand : EltCmdlet
{
    /// <summary>Pipeline files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

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

    /// <summary>The connection to use instead of the file's.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var filter = new TableFilter(Table, Tag);
        foreach (var config in Config)
        {
            foreach (var path in Guard(config, () => Resolve(config)))
            {
                var pipeline = Guard(path, () => ReadPipeline(path, Connection));
                WriteObject(Guard(path, () => filter.Apply(pipeline)).Tables, enumerateCollection: true);
            }
        }
    }
}
