using System.Reflection;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>Compares a scheduler's file with the one that somebody read and approved, in the folder Approved.</summary>
internal static class ApprovedSchedule
{
    private static readonly string Folder = Path.Combine(
        typeof(ApprovedSchedule)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!,
        "tests",
        "Unit",
        "Schedulers",
        "Approved");

    /// <summary>Fails unless the text is the approved one; leaves a differing one beside it as <c>.received</c>.</summary>
    public static void Matches(string name, string text)
    {
        var approved = Path.Combine(Folder, name);
        var received = approved + ".received";
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
