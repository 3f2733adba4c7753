using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace EltPs.Host;

/// <summary>The script that the arguments of elt stand for.</summary>
/// <param name="Text">PowerShell source text.</param>
/// <param name="IsFile">It calls one script file, so that file's own <c>exit</c> is the exit code.</param>
internal sealed partial record CommandLine(string Text, bool IsFile)
{
    // PowerShell takes typographic quotes for quotes.
    private const string ScriptStarts = "'\"‘’‚‛“”„@({$";

    /// <summary>
    /// One argument is script text. Several are joined with blanks; the shell that started elt has taken their quotes away, so
    /// one with white space is quoted again, unless its first character says that it is PowerShell's own syntax. A first argument that
    /// names an existing .ps1 file calls it.
    /// </summary>
    /// <param name="arguments">At least one argument.</param>
    /// <param name="workingDirectory">Where a relative .ps1 path is looked for.</param>
    public static CommandLine Parse(IReadOnlyList<string> arguments, string workingDirectory)
    {
        var first = arguments[0];
        if (IsScriptFile(first, workingDirectory))
        {
            var path = Path.IsPathRooted(first) ? first : Path.Combine(".", first);
            return new CommandLine(string.Join(' ', arguments.Skip(1).Select(Word).Prepend($"& {Quote(path)}")), IsFile: true);
        }

        return new CommandLine(arguments.Count == 1 ? first : string.Join(' ', arguments.Select(Word)), IsFile: false);
    }

    private static bool IsScriptFile(string argument, string workingDirectory) =>
        argument.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.Combine(workingDirectory, argument));

    private static string Word(string argument)
    {
        if (argument.Length == 0)
        {
            return "''";
        }

        if (ScriptStarts.Contains(argument[0]) || !argument.Any(char.IsWhiteSpace))
        {
            return argument;
        }

        // -Config:my file.psd1 is a parameter and its value; quoted as a whole it would be neither.
        var parameter = ParameterWithValue().Match(argument);
        return parameter.Success
            ? parameter.Groups["name"].Value + Word(parameter.Groups["value"].Value)
            : Quote(argument);
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"\A(?<name>-[A-Za-z]\w*:)(?<value>.+)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ParameterWithValue();
}
