using System.Globalization;

namespace EltPs.Bench;

/// <summary>Many tables of one row each: what EltPs costs a table.</summary>
internal static class TinyTablesBench
{
    public static Task RunAsync(string folder, BenchOptions options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tiny: {options.Tables:N0} tables of one row"));
        return LineBench.RunAsync(
            Directory.CreateDirectory(Path.Combine(folder, "tiny")).FullName,
            connection => BenchPipeline.Of(connection, Enumerable.Range(0, options.Tables).Select(i => ($"analytics.tiny_{i}", $"SELECT {i} AS n"))),
            options.Rounds ?? 9);
    }
}
