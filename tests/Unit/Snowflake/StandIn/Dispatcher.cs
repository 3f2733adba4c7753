namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Finds out by its first words what a statement is, and runs it.</summary>
/// <param name="state">What there is.</param>
/// <param name="pass">Called before and after each statement: where a test holds or refuses it.</param>
internal sealed class Dispatcher(StandInState state, Action<string, bool, CancellationToken> pass)
{
    public QueryResult Run(string statement, StatementContext context, bool isInBlock, CancellationToken ct)
    {
        pass(statement, false, ct);
        var reader = new StatementReader(statement);
        var result = reader.TextAt(0).ToUpperInvariant() switch
        {
            "SELECT" or "WITH" => Query(reader, context, ct),
            "EXPLAIN" when !isInBlock => new ExplainStatement(state).Run(reader, context, ct),
            "CREATE" => new CreateStatement(state).Run(statement, reader, context, ct),
            "ALTER" => new AlterStatement(state).Alter(statement, reader, context, ct),
            "COMMENT" => new AlterStatement(state).Comment(statement, reader, context, ct),
            "DROP" => new AlterStatement(state).Drop(statement, reader, context, ct),
            "UNDROP" => new AlterStatement(state).Undrop(statement, reader, context, ct),
            "GRANT" or "REVOKE" => new GrantStatement(state).Run(statement, reader, context, ct),
            "EXECUTE" when !isInBlock => Block(reader, context, ct),
            _ => throw reader.Unexpected(),
        };
        pass(statement, true, ct);
        return result;
    }

    private QueryResult Query(StatementReader reader, StatementContext context, CancellationToken ct) =>
        state.Rows.Run(state.Translate(reader.ReadRest(), context), context, ct);

    private QueryResult Block(StatementReader reader, StatementContext context, CancellationToken ct)
    {
        reader.Expect("EXECUTE", "IMMEDIATE");
        var text = reader.ReadText();
        reader.ExpectEnd();
        var parser = new ScriptParser(new StatementReader(text));
        var block = parser.Parse();
        return new BlockRun(
            sql => Run(sql, context, isInBlock: true, ct),
            expression => state.Rows.Run(state.Translate($"SELECT {expression}", context), context, ct).Rows[0][0],
            parser.Variables).Run(block);
    }
}
