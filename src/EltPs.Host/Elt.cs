namespace EltPs.Host;

/// <summary>What one start of elt does: explain itself, say its version, or run a command line.</summary>
internal static class Elt
{
    /// <returns>The exit code of the process, see <see cref="ExitCode"/>.</returns>
    /// <exception cref="ModuleNotFoundException">The EltPs module is at none of the expected places.</exception>
    public static int Run(string[] args, StandardStreams console, CancellationToken stop)
    {
        var module = ModuleFolder.Find(AppContext.BaseDirectory);
        if (args is ["--version"])
        {
            console.Out.WriteLine(module.Version);
            return ExitCode.Done;
        }

        if (args is [] || (args is [var only] && AsksForHelp(only)))
        {
            console.Out.Write(Usage.Text(module));
            return ExitCode.Done;
        }

        // As with other tools. Not the function help: it needs a pager, which a container may not have.
        args = args switch
        {
            [var first, .. var rest] when AsksForHelp(first) => ["Get-Help", .. rest],
            [var cmdlet, "--help" or "-h" or "/?"] when cmdlet.Contains("-Elt", StringComparison.OrdinalIgnoreCase) => ["Get-Help", cmdlet],
            _ => args,
        };

        using var session = Session.Open(new ConsoleHost(console), module);
        return session.Run(CommandLine.Parse(args, Environment.CurrentDirectory), stop);
    }

    private static bool AsksForHelp(string argument) => argument is "--help" or "-h" or "-?" or "/?" or "help";
}
