using System.Management.Automation;
using EltPs.Tests.Support;

namespace EltPs.Tests.Docs;

/// <summary>The help of the built module, as a session that has imported it gives it.</summary>
public sealed class ModuleHelp : IDisposable
{
    private const string TopicEnding = ".help.txt";

    private readonly ScriptExecutor _executor = new(BuiltModule.Folder);

    public ModuleHelp()
    {
        using var shell = _executor.Create("Get-Command -Module EltPs");
        Cmdlets = shell.Invoke<CommandInfo>().ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The cmdlets by their names.</summary>
    internal IReadOnlyDictionary<string, CommandInfo> Cmdlets { get; }

    /// <summary>The help files: of the cmdlets, and about the module.</summary>
    internal static IReadOnlyList<string> Files { get; } = Directory.GetFiles(Path.Combine(BuiltModule.Folder, "en-US"));

    /// <summary>The names of the about topics.</summary>
    internal static IReadOnlyList<string> Topics { get; } =
    [
        .. Files.Select(file => Path.GetFileName(file)!)
            .Where(name => name.EndsWith(TopicEnding, StringComparison.Ordinal))
            .Select(name => name[..^TopicEnding.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What Get-Help gives for a cmdlet.</summary>
    internal CommandHelp Of(string cmdlet) => new(Topic(cmdlet));

    /// <summary>What Get-Help gives for a cmdlet or another topic.</summary>
    internal PSObject Topic(string name)
    {
        using var shell = _executor.Create($"Get-Help {name} -Full");
        return shell.Invoke().Single();
    }

    public void Dispose() => _executor.Dispose();
}
