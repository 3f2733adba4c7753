using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;

namespace EltPs.Commands;

/// <summary>A cmdlet that takes a table from the pipeline, or by its name and connection.</summary>
public abstract class NamedTableCommand : EltCmdlet
{
    /// <summary>The parameter set of a table that is named.</summary>
    private protected const string ByName = "Name";

    /// <summary>The schema: <c>schema</c> or <c>database.schema</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    public string Schema { get; set; } = string.Empty;

    /// <summary>The table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    public string Table { get; set; } = string.Empty;

    /// <summary>The warehouse: a name, the path of a .duckdb file, a table of keys and values, or a connection.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }
}
