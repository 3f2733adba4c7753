using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>DuckDB's own SQL.</summary>
/// <remarks>
/// Seen with DuckDB 1.5: CREATE TABLE AS, COMMENT, DROP INDEX, the three renames and CREATE INDEX work on tables of the same transaction,
/// later statements read the new tables, other connections read the old ones, and a rollback leaves nothing. Only what a unique index means
/// is not looked at before the commit; <see cref="UniqueIndex"/> does.
/// </remarks>
internal sealed class DuckDbDialect : TransactionalDialect
{
    /// <summary>Gives a session <see cref="FoldText"/> in SQL; SQL's own lower() folds more than ASCII.</summary>
    public const string FoldMacro =
        """
        CREATE OR REPLACE TEMP MACRO eltps_fold(name) AS translate(name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
        """;

    // DuckDB compares names without case, quoted or not (DuckDB documentation, "Keywords and Identifiers"), but only in ASCII: two names
    // that differ in the case of an umlaut are two tables. It has no limit of length.
    /// <inheritdoc/>
    public override IdentifierRules Identifiers { get; } = new(identifier => FoldText(identifier.Text), int.MaxValue);

    /// <inheritdoc/>
    public override string Fold(string name) => FoldText(name);

    /// <summary>A name as DuckDB compares it.</summary>
    public static string FoldText(string name) =>
        string.Concat(name.Select(static letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter));

    /// <inheritdoc/>
    public override string LookUp(IReadOnlyList<TableName> names) => CatalogSql.Of(names, Identifiers);

    /// <inheritdoc/>
    public override string LookUpPair(TableName target) => CatalogSql.OfPair(target, Identifiers);

    /// <inheritdoc/>
    public override Statement TryTable(TableName table, string sql, out int before) =>
        Around($"CREATE OR REPLACE TABLE {table} AS\n", sql, "\nWITH NO DATA", StatementRole.Stage, out before);

    /// <inheritdoc/>
    protected override IEnumerable<Statement> Build(TableName staging, string sql) =>
        [
            new Statement(
                $"""
                CREATE OR REPLACE TABLE {staging} AS
                {sql}

                """,
                StatementRole.Stage),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Statement> KeyTrials(TableName table, IReadOnlyList<IndexDefinition> indexes) =>
        UniqueIndex.Trials(table, indexes);
}
