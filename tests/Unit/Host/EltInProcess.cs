using EltPs.Host;
using EltPs.Tests.Support;

namespace EltPs.Tests.Host;

/// <summary>
/// What elt does with its command line, without a process of its own, which costs ten times as much as most command lines. What a process
/// is the point of, such as its streams, signals and locks, is tested with <see cref="EltProcess"/>.
/// </summary>
internal static class EltInProcess
{
    /// <summary>Runs a command line to its end in the repository's root.</summary>
    public static EltResult Run(params string[] arguments) => RunIn(EltProcess.RepositoryRoot, arguments);

    /// <summary>Runs a command line to its end in a folder.</summary>
    public static EltResult RunIn(string folder, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var console = new StandardStreams(output, errors);
        using var session = Open(new ConsoleHost(console), folder);
        var code = session.Run(CommandLine.Parse(arguments, folder), CancellationToken.None);
        return new EltResult(code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs what needs no folder: the usage and the version.</summary>
    public static EltResult Explain(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var console = new StandardStreams(output, errors);
        lock (ModuleRunspace.Opening)
        {
            return new EltResult(Elt.Run(arguments, console, CancellationToken.None), output.ToString(), errors.ToString());
        }
    }

    private static Session Open(ConsoleHost host, string folder)
    {
        lock (ModuleRunspace.Opening)
        {
            return Session.Open(host, ModuleFolder.Find(AppContext.BaseDirectory), folder);
        }
    }
}
