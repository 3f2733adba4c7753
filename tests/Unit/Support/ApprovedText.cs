using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Support;

/// <summary>Compares a text with the one that was read and approved, in the folder Approved of the tests that it belongs to.</summary>
internal static class ApprovedText
{
    /// <summary>The folder of the approved texts of some tests.</summary>
    /// <param name="tests">The folder of the tests, below tests/Unit.</param>
    public static string Folder(string tests) => Path.Combine(EltProcess.RepositoryRoot, "tests", "Unit", tests, "Approved");

    /// <summary>
    /// Fails unless the text is the approved one; leaves a differing one beside it as <c>.received</c>. With ELTPS_APPROVE=1 the text
    /// becomes the approved one.
    /// </summary>
    /// <param name="tests">The folder of the tests, below tests/Unit.</param>
    /// <param name="file">The name of the approved file.</param>
    /// <param name="text">The text.</param>
    public static void Matches(string tests, string file, string text)
    {
        var approved = Path.Combine(Folder(tests), file);
        var received = approved + ".received";
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
