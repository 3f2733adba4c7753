namespace EltPs.Engine.Schedulers;

/// <summary>Writes words as a POSIX shell reads them.</summary>
internal static class PosixShell
{
    /// <summary>A word in single quotes, in which nothing means anything ("Shell Command Language", "Single-Quotes").</summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>The line that starts a pipeline from its folder.</summary>
    /// <param name="command">The command.</param>
    /// <param name="script">What PowerShell reads.</param>
    public static string Line(ScheduledCommand command, string script)
    {
        var environment = string.Concat(command.Environment.Select(variable => $"{variable.Key}={Word(variable.Value)} "));
        return $"cd {Quote(command.Folder)} && "
            + $"{environment}{string.Join(' ', command.Arguments(script).Prepend(command.ShellPath).Select(Quote))}";
    }

    // A digit in quotes would read as if there were something to protect.
    private static string Word(string value) => value.All(char.IsAsciiLetterOrDigit) ? value : Quote(value);
}
