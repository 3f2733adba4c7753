using System.Xml.Linq;

namespace EltPs.Host;

/// <summary>The module's cmdlets, each with the one sentence that its help begins with.</summary>
internal static class CmdletSynopses
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>Reads the module's help file, which a session would need a second for.</summary>
    /// <param name="module">The module.</param>
    /// <returns>In the order of the help; empty if the module has no help.</returns>
    public static IReadOnlyList<(string Name, string Synopsis)> Of(ModuleFolder module)
    {
        var help = Path.Combine(module.Path, "en-US", "EltPs.dll-Help.xml");
        if (!File.Exists(help))
        {
            return [];
        }

        return
        [
            .. XDocument.Load(help).Descendants(Command + "details").Select(details =>
                ((string?)details.Element(Command + "name") ?? "", ((string?)details.Element(Maml + "description") ?? "").Trim())),
        ];
    }
}
