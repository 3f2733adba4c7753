using EltPs.Host;

using var console = StandardStreams.Open();
using var signals = new StopSignals(console.Error);

try
{
    return Elt.Run(args, console, signals.Token);
}
catch (ModuleNotFoundException missing)
{
    console.Error.WriteLine($"elt: {missing.Message}");
    return ExitCode.Failed;
}
