using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Errors;

namespace EltPs.Commands;

/// <summary>A cmdlet that works on pipeline files, one after the other.</summary>
public abstract class PipelineFileCommand : EltCmdlet
{
    /// <summary>
    /// Pipeline files, with or without .psd1; wildcards allowed. One after the other, each by itself. A folder means its only pipeline
    /// file, and so does the current folder if nothing is named.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>What is piped: paths, files, or objects with a path.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The connection to use instead of the file's.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>The files that are named, with an error for each value that names none.</summary>
    private protected IEnumerable<string> Files()
    {
        if (Refusal(InputObject) is { } refusal)
        {
            Refuse(
                InputObject?.ToString() ?? string.Empty,
                new EltException(EltErrorKind.InvalidInput, $"{MyInvocation.MyCommand.Name} takes pipeline files, and this is {refusal}."));
            yield break;
        }

        foreach (var config in Config.Length > 0 || MyInvocation.ExpectingInput ? Config : ["."])
        {
            foreach (var path in Try(config, () => Resolve(config)) ?? [])
            {
                yield return path;
            }
        }
    }

    /// <summary>Why an object that is piped does not name a pipeline file to this cmdlet; null if it may.</summary>
    /// <param name="input">The object; null for none.</param>
    private protected virtual string? Refusal(PSObject? input) => PipedInput.Refusal(input);
}
