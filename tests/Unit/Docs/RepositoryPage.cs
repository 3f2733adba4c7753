using System.Reflection;

namespace EltPs.Tests.Docs;

/// <summary>The Markdown pages of the repository, by their paths from its root.</summary>
internal static class RepositoryPage
{
    private static readonly string Root = Path.GetFullPath(
        typeof(RepositoryPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!);

    /// <summary>All pages for readers.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(PathOf("docs"), "*.md")
            .Select(file => "docs/" + Path.GetFileName(file))
            .Concat(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md"])
            .Order(StringComparer.Ordinal);

    /// <summary>Where a page is.</summary>
    public static string PathOf(string page) => Path.Combine(Root, page);

    /// <summary>Its text.</summary>
    public static string Text(string page) => File.ReadAllText(PathOf(page)).ReplaceLineEndings("\n");
}
