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

        var host = new ConsoleHost(console);
        using var session = Session.Open(host, module);
        if (args is [] or ["--help"] or ["-h"] or ["-?"] or ["/?"])
        {
            console.Out.Write(Usage.Text(session.Cmdlets(), module));
            return ExitCode.Done;
        }

        return session.Run(CommandLine.Parse(args, Environment.CurrentDirectory), stop);
    }
}
