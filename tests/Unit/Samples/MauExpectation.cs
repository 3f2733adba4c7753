using System.Globalization;

using Xunit;

namespace EltPs.Tests.Samples;

/// <summary>The sample's result, worked out from the raw data without a database.</summary>
internal static class MauExpectation
{
    /// <summary>Users with at least one session in the month, by month as <c>YYYY-MM</c>.</summary>
    public static SortedDictionary<string, long> Compute(string dataFolder)
    {
        // A session counts in the month that its own text names: nothing here reads it as a moment, so no time zone can move it.
        var months = Rows(dataFolder, "session_timestamp.csv", "sessionid,ts").ToDictionary(row => row[0], row => Month(row[1]));
        return new SortedDictionary<string, long>(
            Rows(dataFolder, "user_session_channel.csv", "userid,sessionid,channel")
                .Where(row => months.ContainsKey(row[1]))
                .GroupBy(row => months[row[1]], row => row[0])
                .ToDictionary(month => month.Key, month => month.Distinct(StringComparer.Ordinal).LongCount()),
            StringComparer.Ordinal);
    }

    private static string Month(string timestamp) =>
        DateTime
            .ParseExact(timestamp, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string folder, string file, string header)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        Assert.Equal(header, lines[0]);
        return lines.Skip(1).Select(line => line.Split(','));
    }
}
