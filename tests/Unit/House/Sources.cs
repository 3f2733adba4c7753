using System.Text.RegularExpressions;
using EltPs.Tests.Reports;

namespace EltPs.Tests.House;

/// <summary>A source file of the product.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Path">The path within the assembly's folder, with slashes.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record Source(string Assembly, string Path, string Text)
{
    /// <summary>The first-level folder; empty for a file beside them.</summary>
    public string Room => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : string.Empty;

    /// <summary>The namespace of its types; empty for a file of statements.</summary>
    public string Namespace => Regex.Match(Text, @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value;

    /// <summary>The types that it declares at its top level.</summary>
    public IEnumerable<string> Types =>
        Regex.Matches(Text, @"^(?:public|internal|file) [\w ]*?(?:class|struct|record|enum|interface) (\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);

    /// <summary>The other rooms that it names: by a using directive, an alias, or before a type's name.</summary>
    /// <param name="assembly">The assembly's name, with which its namespaces begin.</param>
    /// <param name="types">The types of each room.</param>
    public IEnumerable<string> NamedRooms(string assembly, IReadOnlySet<(string Room, string Type)> types)
    {
        var prefix = Regex.Escape(assembly);
        var directives = Regex.Matches(Text, $@"^using (?:static |\w+ = )?{prefix}\.(\w+)", RegexOptions.Multiline);
        var qualified = Regex.Matches(Text, @"\b(\w+)\.(\w+)\b").Where(match => types.Contains((match.Groups[1].Value, match.Groups[2].Value)));
        return directives.Concat(qualified).Select(match => match.Groups[1].Value).Distinct().Where(room => room != Room);
    }
}

/// <summary>The source files of the product.</summary>
internal static class Sources
{
    /// <summary>The files of an assembly, in the order of their paths.</summary>
    public static IEnumerable<Source> Of(string assembly)
    {
        var folder = System.IO.Path.Combine(RepositoryFile.Root, "src", assembly);
        return Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Full: path, Relative: System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(path => !path.Relative.StartsWith("obj/", StringComparison.Ordinal) && !path.Relative.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(path => path.Relative, StringComparer.Ordinal)
            .Select(path => new Source(assembly, path.Relative, File.ReadAllText(path.Full)));
    }
}
