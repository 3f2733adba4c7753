using System.Reflection;

namespace EltPs.Tests.Reports;

/// <summary>Files of the repository.</summary>
internal static class RepositoryFile
{
    private static readonly string _root = typeof(RepositoryFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "RepositoryRoot").Value!;

    public static string Text(string path) => File.ReadAllText(Path.Combine(_root, path)).ReplaceLineEndings("\n");
}
