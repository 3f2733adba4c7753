using System.Text.RegularExpressions;

using EltPs.Engine.Sql;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>EXPLAIN: compiles a query and runs nothing (Snowflake documentation, "EXPLAIN").</summary>
/// <param name="state">What there is.</param>
internal sealed partial class ExplainStatement(StandInState state)
{
    public QueryResult Run(StatementReader reader, StatementContext context, CancellationToken ct)
    {
        reader.Expect("EXPLAIN");
        if (reader.Accept("USING") && !reader.Accept("TEXT") && !reader.Accept("JSON") && !reader.Accept("TABULAR"))
        {
            throw reader.Unexpected();
        }

        if (!reader.IsNext("SELECT") && !reader.IsNext("WITH") && !reader.IsNext("("))
        {
            throw reader.Unexpected();
        }

        var first = reader.At;
        try
        {
            _ = state.Rows.Run($"EXPLAIN {state.Translate(reader.ReadRest(), context)}", context, ct);
            return new QueryResult(["content"], [["GlobalStats:\n\tbytesAssigned=0\nOperations:\n1:0     ->Result"]]);
        }
        catch (Refusal refusal) when (Culprit().Match(refusal.Message) is { Success: true } culprit)
        {
            throw Placed(refusal, culprit.Groups["name"].Value, reader, first);
        }
    }

    // As Snowflake says it: lines from 1 and places in the line from 0, both of the whole statement.
    private static Refusal Placed(Refusal refusal, string name, StatementReader reader, int first)
    {
        for (var index = first; index < reader.Count; index++)
        {
            if (reader[index].Kind != SqlTokenKind.Text && reader.TextAt(index).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                var (line, position) = reader.Place(index);
                return refusal.Code == "001003"
                    ? Refusal.Syntax(line, position, name)
                    : new Refusal(
                        refusal.Code,
                        refusal.SqlState,
                        $"SQL compilation error: error line {line} at position {position}\ninvalid identifier '{name}'");
            }
        }

        return refusal;
    }

    [GeneratedRegex(
        """invalid identifier '(?<name>\w+)'|syntax error at or near "(?<name>\w+)"$|syntax error at or near "(?<name>\w+)"\r?\n"""
    )]
    private static partial Regex Culprit();
}
