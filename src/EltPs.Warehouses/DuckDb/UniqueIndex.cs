using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Asks whether a table has two rows with one key of a unique index.</summary>
/// <remarks>
/// In the transaction that made the table, DuckDB makes a unique index of it without a look at the rows, and refuses the commit later,
/// without a word about which table and which index it is (seen with DuckDB 1.5). So the rows are asked right behind the index.
/// </remarks>
internal static class UniqueIndex
{
    /// <summary>What each statement begins with; it fails if there is such a key.</summary>
    public const string Begins = "SELECT error('Duplicate key ' || ";

    private const string Create = "CREATE UNIQUE INDEX ";

    /// <summary>The statements for those of the indexes that are unique, in their order.</summary>
    public static IEnumerable<string> Probes(TableName table, IReadOnlyList<IndexDefinition> indexes) =>
        from index in indexes
        where index.Sql.StartsWith(Create, StringComparison.OrdinalIgnoreCase)
        let keys = Keys(index.Sql)
        select
            $"""
            {Begins}eltps_key::VARCHAR || ' of the index {index.Name.Replace("'", "''", StringComparison.Ordinal)}') FROM (
                SELECT row({string.Join(", ", keys)}) AS eltps_key
                FROM {table}
                WHERE {string.Join(" AND ", keys.Select(key => $"({key}) IS NOT NULL"))}
                GROUP BY ALL HAVING count(*) > 1
                LIMIT 1
            )
            """;

    /// <summary>The expressions of an index, which DuckDB writes behind the table's name, in brackets and with commas between.</summary>
    internal static IReadOnlyList<string> Keys(string index)
    {
        var keys = new List<string>();
        var lexer = new SqlLexer(index, SqlSyntax.Standard);
        var depth = 0;
        var start = 0;
        while (lexer.TryRead(out var token))
        {
            var symbol = token.Kind == SqlTokenKind.Symbol ? index[token.Start] : default;
            depth += symbol switch { '(' => 1, ')' => -1, _ => 0 };
            if (symbol == '(' && depth == 1)
            {
                start = token.End;
            }
            else if ((symbol == ',' && depth == 1) || (symbol == ')' && depth == 0))
            {
                keys.Add(index[start..token.Start].Trim());
                start = token.End;
            }
        }

        return keys;
    }
}
