using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;

namespace EltPs.Commands;

/// <summary>A cmdlet that takes a table from the pipeline, or by its name and connection.</summary>
public abstract class NamedTableCommand : EltCmdlet
{
    /// <summary>The parameter set of a table that is named.</summary>
    private protected const string ByName = "Name";

    /// <summary>The schema: <c>schema</c> or <c>database.schema</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    public string Schema { get; set; } = string.Empty;

    /// <summary>The table.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    public string Table { get; set; } = string.Empty;
}
