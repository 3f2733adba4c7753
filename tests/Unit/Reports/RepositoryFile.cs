using System.Reflection;

namespace EltPs.Tests.Reports;

/// <summary>Files of the repository.</summary>
internal static class RepositoryFile
{
    public static readonly string Root = typeof(RepositoryFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "RepositoryRoot").Value!;

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
