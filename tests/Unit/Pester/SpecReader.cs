using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using EltPs.Errors;

namespace EltPs.Tests.Pester;

/// <summary>
/// Finds what a spec says about the module that is not so. Pester is not everywhere, and without it nobody else would notice.
/// </summary>
internal sealed partial class SpecReader(IReadOnlyDictionary<string, CommandInfo> commands)
{
    // Runs the command line that it is given as text.
    private const string ShellFunction = "Invoke-Shell";

    private static readonly HashSet<string> ErrorIdentifiers = ErrorTable.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>The mistakes of a script: syntax, unknown commands, parameters and error ids of EltPs.</summary>
    public IReadOnlyList<string> Mistakes(string script)
    {
        var tree = Parser.ParseInput(script, out _, out var errors);
        return
        [
            .. errors.Select(error => At(error.Extent, error.Message)),
            .. Find<CommandAst>(tree).SelectMany(Mistakes),
            .. Find<StringConstantExpressionAst>(tree).SelectMany(Mistakes),
        ];
    }

    /// <summary>How often a script calls a command of EltPs.</summary>
    public static int CountCalls(string script) =>
        Find<CommandAst>(Parser.ParseInput(script, out _, out _))
            .Count(command => CommandName().IsMatch(command.GetCommandName() ?? string.Empty));

    private IEnumerable<string> Mistakes(CommandAst call)
    {
        var name = call.GetCommandName() ?? string.Empty;
        if (name == ShellFunction)
        {
            var line = call.CommandElements[1] is ExpandableStringExpressionAst text
                ? text.Value
                : call.CommandElements[1].SafeGetValue().ToString()!;
            return Mistakes(line).Select(mistake => At(call.Extent, mistake));
        }

        return CommandName().IsMatch(name) && commands.TryGetValue(name, out var command)
            ? call.CommandElements.Select(element => Mistake(command, element)).OfType<string>()
            : [];
    }

    private static string? Mistake(CommandInfo command, CommandElementAst element) => element switch
    {
        CommandParameterAst parameter when !IsKnown(command, parameter.ParameterName) =>
            At(element.Extent, $"{command.Name} has no parameter -{parameter.ParameterName}"),
        VariableExpressionAst { Splatted: true } =>
            At(element.Extent, $"{command.Name} is given {element.Extent.Text}, whose keys cannot be checked"),
        _ => null,
    };

    // A name anywhere, also the one that is called: CommandAst keeps it as a string constant.
    private IEnumerable<string> Mistakes(StringConstantExpressionAst text)
    {
        if (CommandName().IsMatch(text.Value) && !commands.ContainsKey(text.Value))
        {
            yield return At(text.Extent, $"EltPs has no command {text.Value}");
        }

        if (ErrorIdentifier().Match(text.Value) is { Success: true } match)
        {
            var (id, type) = (match.Groups["id"].Value, match.Groups["type"].Value);
            if (id.StartsWith("Elt", StringComparison.Ordinal) && !ErrorIdentifiers.Contains(id))
            {
                yield return At(text.Extent, $"EltPs has no error {id}");
            }

            if (!commands.Values.OfType<CmdletInfo>().Any(command => command.ImplementingType.FullName == type))
            {
                yield return At(text.Extent, $"EltPs has no cmdlet of type {type}");
            }
        }
    }

    private static bool IsKnown(CommandInfo command, string parameter) =>
        command.Parameters.Values.Any(known => known.Aliases.Prepend(known.Name).Contains(parameter, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<T> Find<T>(ScriptBlockAst tree)
        where T : Ast => tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    private static string At(IScriptExtent extent, string mistake) => $"line {extent.StartLineNumber}: {mistake}";

    [GeneratedRegex(@"\A[A-Za-z]+-Elt[A-Za-z]+\z")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"\A(?<id>[A-Za-z]+),(?<type>EltPs\.[A-Za-z.]+)\z")]
    private static partial Regex ErrorIdentifier();
}
