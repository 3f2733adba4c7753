using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>Finds what an example that is not run says about the module and is not so.</summary>
internal sealed partial class CommandReader(IReadOnlyDictionary<string, CommandInfo> commands)
{
    /// <summary>The mistakes of an example: its syntax, and commands and parameters that EltPs does not have.</summary>
    public IReadOnlyList<string> Mistakes(string script)
    {
        var tree = Parser.ParseInput(script, out _, out var errors);
        return
        [
            .. errors.Select(error => At(error.Extent, error.Message)),
            .. tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().SelectMany(Mistakes),
        ];
    }

    private IEnumerable<string> Mistakes(CommandAst call)
    {
        var name = call.GetCommandName() ?? string.Empty;
        if (!CommandName().IsMatch(name))
        {
            return [];
        }

        return commands.TryGetValue(name, out var command)
            ? call.CommandElements.OfType<CommandParameterAst>()
                .Where(parameter => !IsKnown(command, parameter.ParameterName))
                .Select(parameter => At(parameter.Extent, $"{command.Name} has no parameter -{parameter.ParameterName}"))
            : [At(call.Extent, $"EltPs has no command {name}")];
    }

    private static bool IsKnown(CommandInfo command, string parameter) =>
        command.Parameters.Values.Any(known => known.Aliases.Prepend(known.Name).Contains(parameter, StringComparer.OrdinalIgnoreCase));

    private static string At(IScriptExtent extent, string mistake) => $"line {extent.StartLineNumber}: {mistake}";

    [GeneratedRegex(@"\A[A-Za-z]+-Elt[A-Za-z]+\z")]
    private static partial Regex CommandName();
}
