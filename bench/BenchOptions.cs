using System.Globalization;

namespace EltPs.Bench;

/// <summary>What to measure and how often.</summary>
/// <param name="Parts">The parts, in this order.</param>
/// <param name="Sessions">The rows of raw data of the mau part.</param>
/// <param name="Tables">The tables of the tiny part.</param>
/// <param name="Rounds">Measured rounds of every part; null for what the part takes by itself.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Parts, long Sessions, int Tables, int? Rounds)
{
    public const string Usage = """
        dotnet run -c Release --project bench -- [mau|tiny|start|read|snowflake|all] [--sessions N] [--tables N] [--rounds N]

          mau    the sample's SQL on N sessions (10,000,000): EltPs and its own statements on the driver, alternating
          tiny   N tables of one row each (1,000): the same comparison
          start  fresh processes: bare PowerShell engine, module import, first table; elt and pwsh with the sample, and the bare driver
          read   pipeline files of 10, 100, 1,000 and 10,000 tables: time and memory
          snowflake  what is sent for a table, and how long it takes where each request takes 0, 20 and 100 ms, beside the statements of a plain job
          all    all of these
        """;

    private static readonly string[] Known = ["mau", "tiny", "start", "read", "snowflake"];

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(Known, 10_000_000, 1_000, null);
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (argument == "all" || Known.Contains(argument))
            {
                options = options with { Parts = argument == "all" ? Known : [argument] };
                continue;
            }

            if (++at == arguments.Count
                || !int.TryParse(arguments[at], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                || number < 1)
            {
                return null;
            }

            switch (argument)
            {
                case "--sessions":
                    options = options with { Sessions = number };
                    break;
                case "--tables":
                    options = options with { Tables = number };
                    break;
                case "--rounds":
                    options = options with { Rounds = number };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
