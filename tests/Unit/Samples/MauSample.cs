using System.Reflection;

namespace EltPs.Tests.Samples;

/// <summary>Where the sample's files are.</summary>
internal static class MauSample
{
    /// <summary>The names of the raw data's files.</summary>
    public static readonly IReadOnlyList<string> DataFiles = ["session_timestamp.csv", "user_session_channel.csv"];

    /// <summary>The sample's folder in the repository.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "samples", "mau");

    /// <summary>The folder of its raw data.</summary>
    public static string DataFolder { get; } = Path.Combine(Folder, "data");

    /// <summary>Copies pipeline file and raw data to a folder, so that a run leaves nothing in the repository.</summary>
    /// <returns>The copied pipeline file.</returns>
    public static string CopyTo(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        foreach (var name in DataFiles)
        {
            File.Copy(Path.Combine(DataFolder, name), Path.Combine(folder, "data", name));
        }

        var copy = Path.Combine(folder, "mau.psd1");
        File.Copy(Path.Combine(Folder, "mau.psd1"), copy);
        return copy;
    }

    private static string RepositoryRoot() =>
        Path.GetFullPath(
            typeof(MauSample)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(entry => entry.Key == "RepositoryRoot")
                .Value!);
}
