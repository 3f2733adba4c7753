namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Reads a CREATE TABLE. Clauses are taken in the documented order only.</summary>
/// <remarks>Source: Snowflake documentation, "CREATE TABLE", "Syntax" and "Variant syntax".</remarks>
internal static class TableDraftReader
{
    /// <summary>Reads on behind CREATE OR REPLACE; null if what is created is no table.</summary>
    public static TableDraft? TryRead(StatementReader reader, bool orReplace, StatementContext context)
    {
        var isTransient = reader.Accept("TRANSIENT");
        var isTemporary = !isTransient && (reader.Accept("TEMPORARY") || reader.Accept("TEMP"));
        if (!reader.Accept("TABLE"))
        {
            return null;
        }

        var ifNotExists = reader.Accept("IF", "NOT", "EXISTS");
        if (ifNotExists && orReplace)
        {
            throw new Refusal("001003", "42000", "SQL compilation error:\noptions IF NOT EXISTS and OR REPLACE are incompatible.");
        }

        var draft = new TableDraft(reader.ReadPath(context))
        {
            OrReplace = orReplace,
            IfNotExists = ifNotExists,
            IsTransient = isTransient,
            IsTemporary = isTemporary,
        };
        draft = ReadSource(reader, draft, context);
        draft = ReadOptions(reader, draft);
        if (draft.Source is null && draft.Columns is null)
        {
            reader.Expect("AS");
            draft = draft with { Query = reader.ReadRest() };
        }

        reader.ExpectEnd();
        return draft;
    }

    private static TableDraft ReadSource(StatementReader reader, TableDraft draft, StatementContext context)
    {
        if (reader.IsNext("("))
        {
            return draft with { Columns = reader.ReadBracket() };
        }

        var isClone = reader.Accept("CLONE");
        return isClone || reader.Accept("LIKE") ? draft with { Source = reader.ReadPath(context), IsClone = isClone } : draft;
    }

    private static TableDraft ReadOptions(StatementReader reader, TableDraft draft)
    {
        if (!draft.IsClone && reader.Accept("CLUSTER", "BY"))
        {
            draft = draft with { ClusterBy = reader.ReadBracket() };
        }

        draft = draft with { CopyGrants = reader.Accept("COPY", "GRANTS") };
        if (reader.Accept("COMMENT"))
        {
            reader.Expect("=");
            draft = draft with { Comment = reader.ReadText() };
        }

        return draft;
    }
}
