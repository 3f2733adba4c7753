using System.Collections;
using System.Management.Automation;
using EltPs.Completion;

namespace EltPs.Commands;

/// <summary>A cmdlet that works on the SQL of pipeline files, with the values that it is given for their variables.</summary>
public abstract class PipelineSqlCommand : PipelineFileCommand
{
    /// <summary>Values for the file's Variables, by name, instead of its own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VariableCompleter))]
    [ValidateNotNull]
    public IDictionary? Variable { get; set; }
}
