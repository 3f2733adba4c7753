using System.Reflection;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Compares a payload with the one that somebody read and approved, in the folder Approved.</summary>
internal static class ApprovedPayload
{
    private static readonly string Folder = Path.Combine(
        typeof(ApprovedPayload)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!,
        "tests",
        "Unit",
        "Alerts",
        "Approved");

    /// <summary>Fails unless the payload is the approved one; leaves a differing one beside it as <c>.received.json</c>.</summary>
    public static void Matches(string name, string json)
    {
        var approved = Path.Combine(Folder, $"{name}.json");
        var received = Path.Combine(Folder, $"{name}.received.json");
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n").TrimEnd('\n') : string.Empty;
        if (expected == json)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, json + "\n");
        Assert.Equal(expected, json);
    }
}
