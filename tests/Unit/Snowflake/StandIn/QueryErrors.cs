using System.Text.RegularExpressions;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Says in Snowflake's codes what DuckDB says of a query.</summary>
internal static partial class QueryErrors
{
    public static Refusal Translate(string message)
    {
        if (Table().Match(message) is { Success: true } table)
        {
            return Refusal.Missing("Object", table.Groups[1].Value.ToUpperInvariant());
        }

        if (Column().Match(message) is { Success: true } column)
        {
            return new Refusal(
                "000904",
                "42000",
                $"SQL compilation error:\ninvalid identifier '{column.Groups[1].Value.ToUpperInvariant()}'");
        }

        if (Function().Match(message) is { Success: true } function)
        {
            return new Refusal(
                "002140",
                "42601",
                $"SQL compilation error:\nUnknown function {function.Groups[1].Value.ToUpperInvariant()}");
        }

        var isCompilation =
            message.StartsWith("Parser Error", StringComparison.Ordinal)
            || message.StartsWith("Binder Error", StringComparison.Ordinal)
            || message.StartsWith("Catalog Error", StringComparison.Ordinal);
        return isCompilation
            ? new Refusal("001003", "42000", $"SQL compilation error:\n{message}")
            : new Refusal("100038", "22018", message);
    }

    [GeneratedRegex("""\ACatalog Error: Table with name "?([^"]+?)"? does not exist""")]
    private static partial Regex Table();

    [GeneratedRegex("""\ABinder Error: (?:Referenced column "([^"]+)" not found)""")]
    private static partial Regex Column();

    [GeneratedRegex("""\ACatalog Error: (?:Scalar|Aggregate|Table) Function with name "?([^" ]+)"? does not exist""")]
    private static partial Regex Function();
}
