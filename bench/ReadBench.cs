using System.Globalization;
using System.Text;

namespace EltPs.Bench;

/// <summary>Reading and validating pipeline files of many tables: time and memory, and whether they grow with the number of tables alone.</summary>
internal static class ReadBench
{
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public static void Run(string folder, BenchOptions options)
    {
        var rounds = options.Rounds ?? 7;
        Console.WriteLine($"read: a fresh process a size, {rounds} readings after a first one; median (lowest to highest)");
        Console.WriteLine("  tables   first ms   then ms                  µs a table   KB allocated a table   peak MB of the process");
        foreach (var size in Sizes)
        {
            var file = Path.Combine(folder, $"read{size}.psd1");
            File.WriteAllText(file, Text(size));
            var lines = ChildProcess.Run(ReadChild.Switch, file, (rounds + 1).ToString(CultureInfo.InvariantCulture))
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var readings = lines[..^1].Select(Numbers).ToArray();
            var then = Spread.Of(readings.Skip(1).Select(reading => reading[0]));
            var allocated = Spread.Of(readings.Skip(1).Select(reading => reading[1]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {size,6:N0}   {readings[0][0],8:0}   {then.Show("0.0"),-22}   {1000 * then.Median / size,10:0}   "
                    + $"{allocated.Median / 1024 / size,20:0.0}   {Numbers(lines[^1])[0] / 1024 / 1024,10:0}"));
        }
    }

    private static double[] Numbers(string line) => [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    // Tables as people write them: a query of some lines in a here-string, and most keys.
    private static string Text(int tables)
    {
        var text = new StringBuilder("@{\n    Name = 'read'\n    Tags = @('bench')\n    Tables = @(\n");
        for (var i = 0; i < tables; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                        @{
                            Schema      = 'analytics'
                            Table       = 'table_{{i}}'
                            Sql         = @'
                SELECT
                    TO_VARCHAR(A.ts, 'YYYY-MM') AS month, -- {{i}}
                    COUNT(DISTINCT B.userid) AS mau
                FROM raw_data.session_timestamp A
                JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
                WHERE B.channel <> 'it''s; not the end'
                GROUP BY 1;
                '@
                            MinimumRows = 1
                            Tags        = @('hourly', 'mau')
                        }

                """);
        }

        return text.Append("    )\n}\n").ToString();
    }
}
