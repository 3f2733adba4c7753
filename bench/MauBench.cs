using System.Globalization;

namespace EltPs.Bench;

/// <summary>The sample's SQL on many sessions.</summary>
internal static class MauBench
{
    /// <summary>The SQL of the sample.</summary>
    public const string Sql = """
        SELECT
            TO_VARCHAR(A.ts, 'YYYY-MM') AS month,
            COUNT(DISTINCT B.userid) AS mau
        FROM raw_data.session_timestamp A
        JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
        GROUP BY 1
        """;

    public static async Task RunAsync(string folder, BenchOptions options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mau: {options.Sessions:N0} sessions"));
        Generate(folder, options.Sessions);
        await LineBench.RunAsync(
            Directory.CreateDirectory(Path.Combine(folder, "mau")).FullName,
            connection => BenchPipeline.Of(
                connection,
                [("analytics.mau_summary", Sql)],
                BenchPipeline.Source("raw_data.session_timestamp", "session_timestamp.parquet", folder),
                BenchPipeline.Source("raw_data.user_session_channel", "user_session_channel.parquet", folder)),
            options.Rounds ?? 11);
    }

    // A year of sessions, evenly spread; ids like the sample's, users a tenth of the sessions.
    private static void Generate(string folder, long sessions)
    {
        var (timestamps, visits) = (Quote(Path.Combine(folder, "session_timestamp.parquet")), Quote(Path.Combine(folder, "user_session_channel.parquet")));
        DriverReplay.Run(
            ":memory:",
            [
                $"""
                COPY (
                    SELECT md5(i::VARCHAR)[:16] AS sessionid, TIMESTAMP '2025-01-01' + INTERVAL 1 SECOND * (i * 31536000 // {sessions}) AS ts
                    FROM range({sessions}) r(i)
                ) TO {timestamps} (FORMAT parquet)
                """,
                $"""
                COPY (
                    SELECT (hash(i) % ({sessions} // 10 + 1))::BIGINT AS userid, md5(i::VARCHAR)[:16] AS sessionid,
                        ['Google', 'Naver', 'Organic', 'Facebook', 'Instagram', 'Youtube'][1 + (hash(i + 1) % 6)::BIGINT] AS channel
                    FROM range({sessions}) r(i)
                ) TO {visits} (FORMAT parquet)
                """,
            ]);
    }

    private static string Quote(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
