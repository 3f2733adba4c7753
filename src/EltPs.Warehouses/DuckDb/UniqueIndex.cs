using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Asks whether a table has two rows with one key of a unique index.</summary>
/// <remarks>
/// In the transaction that made the table, DuckDB makes a unique index of it without a look at the rows, and refuses the commit later,
/// without a word about which table and which index it is (seen with DuckDB 1.5). So the rows are asked right behind the index.
/// </remarks>
internal static class UniqueIndex
{
    /// <summary>The statements for those of the indexes that are unique, in their order; each fails if there is such a key.</summary>
    public static IEnumerable<Statement> Trials(TableName table, IReadOnlyList<IndexDefinition> indexes) =>
        from index in indexes
        where index.IsUnique
        let keys = Keys(index.Sql)
        select new Statement(
            $"""
            SELECT error('Duplicate key ' || eltps_key::VARCHAR || {TransactionalDialect.Literal($" of the index {index.Name}")}) FROM (
                SELECT row({string.Join(", ", keys)}) AS eltps_key
                FROM {table}
                WHERE {string.Join(" AND ", keys.Select(key => $"({key}) IS NOT NULL"))}
                GROUP BY ALL HAVING count(*) > 1
                LIMIT 1
            )
            """,
            StatementRole.KeyTrial);

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
