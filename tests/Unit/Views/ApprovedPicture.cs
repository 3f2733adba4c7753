using System.Globalization;
using System.Reflection;
using Xunit;

namespace EltPs.Tests.Views;

/// <summary>Compares what a screen shows with the picture that somebody looked at and approved, in the folder Approved.</summary>
internal static class ApprovedPicture
{
    private static readonly string Folder = Path.Combine(
        typeof(ApprovedPicture)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!,
        "tests",
        "Unit",
        "Views",
        "Approved");

    /// <summary>The approved pictures, without the ending of their names.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>Fails unless the picture is the approved one; leaves a differing one beside it as <c>.received</c>.</summary>
    public static void Matches(string name, int width, string shown)
    {
        var approved = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{width}.txt"));
        var received = approved + ".received";
        var text = shown.Trim('\n') + "\n";
        if (Environment.GetEnvironmentVariable("ELTPS_APPROVE") == "1")
        {
            File.WriteAllText(approved, text);
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : string.Empty;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Equal(expected, text);
    }
}
