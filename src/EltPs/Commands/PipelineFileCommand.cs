using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;

namespace EltPs.Commands;

/// <summary>A cmdlet that works on pipeline files, one after the other.</summary>
public abstract class PipelineFileCommand : EltCmdlet
{
    /// <summary>Pipeline files; wildcards allowed. One after the other, each by itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>The connection to use instead of the file's.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }
}
