using DuckDB.NET.Data;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Samples;

public sealed class MauJobTests
{
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Asia/Seoul")]
    [InlineData("UTC")]
    public async Task The_published_numbers_are_those_of_the_files_whatever_the_machines_time_zone(string timeZone)
    {
        using var folder = new TemporaryFolder("mau job");
        MauSample.CopyTo(folder.Path);
        var environment = new Dictionary<string, string> { ["TZ"] = timeZone };
        using var elt = EltProcess.Start(folder.Path, environment, ["Invoke-EltPipeline", "-Config", "mau.psd1"]);

        var result = await elt.EndAsync();

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal(MauExpectation.Compute(MauSample.DataFolder), Published(folder.File("mau.duckdb")));
    }

    private static SortedDictionary<string, long> Published(string database)
    {
        using var connection = new DuckDBConnection($"Data Source={database};ACCESS_MODE=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT month, mau FROM analytics.mau_summary";
        using var reader = command.ExecuteReader();
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
        {
            rows.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return rows;
    }
}
