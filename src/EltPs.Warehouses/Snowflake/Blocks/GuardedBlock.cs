using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>
/// A block that takes the staging table for itself, reads what it has taken, and takes effect only if that is what it must be; all in one
/// request.
/// </summary>
/// <remarks>
/// <para>
/// So a swap whose answer was lost and that is sent again can never swap back: the second time the markers are others. And another run
/// cannot put its rows under it between the compare and the swap: the first statement renames the staging table to a name that nobody else
/// knows, and what is compared then is what is published. Whatever fails behind that gives the name back.
/// </para>
/// <para>
/// A block gives back one value (Snowflake documentation, "EXECUTE IMMEDIATE", "Understanding blocks in Snowflake Scripting" and "Handling
/// exceptions"): <see cref="Done"/>, or what stood at the names instead.
/// </para>
/// </remarks>
internal static class GuardedBlock
{
    /// <summary>What the block returns if it took effect.</summary>
    public const string Done = "done";

    /// <summary>What the block's answer begins with if it took effect and what comes after it failed.</summary>
    public const string DoneBut = "done, but ";

    /// <summary>The name that a block gives the staging table for as long as it works on it.</summary>
    /// <param name="target">The published table's name.</param>
    /// <param name="generation">The generation that the block is about; nobody else has a table of that name.</param>
    public static TableName Claimed(TableName target, string generation) =>
        Identifier.TryParse(Identifier.Quote($"eltps_{generation}"), out var name)
            ? target with { Table = name }
            : throw new ArgumentException($"'{generation}' makes no table name.", nameof(generation));

    /// <summary>The statement that gives the staging table its name back, if a block that was stopped did not come to that.</summary>
    public static string GiveBack(TableName target, string generation) =>
        $"ALTER TABLE IF EXISTS {Claimed(target, generation)} RENAME TO {target.Staging}";

    /// <summary>The block's text.</summary>
    /// <param name="from">The table that the block takes for itself: the staging table, or to take a first publish back the published
    /// one.</param>
    /// <param name="to">The other one of the two names.</param>
    /// <param name="claimed">The table's name while the block works on it.</param>
    /// <param name="guard">What must stand at both names.</param>
    /// <param name="statements">What takes effect.</param>
    /// <param name="then">What comes behind it and is of less weight: if it fails, the answer says so; null for nothing.</param>
    public static string Text(TableName from, TableName to, TableName claimed, GenerationGuard guard, string statements, string? then)
    {
        var giveBack = $"ALTER TABLE {claimed} RENAME TO {from};";
        var afterwards = then is null
            ? string.Empty
            : $"""
            BEGIN
                {then};
            EXCEPTION
                WHEN OTHER THEN RETURN '{DoneBut}' || SQLERRM;
            END;

            """;
        var rows = guard.Rows is null
            ? string.Empty
            : $"""
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM {claimed};

            """;
        return Execute(
            $"""
            DECLARE
                staged VARCHAR;
                published VARCHAR;
                row_count VARCHAR;
            BEGIN
                {Indented(Read(from, to), 4)}
                IF ({Condition(guard)}) THEN
                    ALTER TABLE {from} RENAME TO {claimed};
                    BEGIN
                        {Indented(rows + Read(claimed, to), 12)}
                        IF ({Condition(guard)}{(guard.Rows is { } count ? $" AND row_count = '{count}'" : string.Empty)}) THEN
                            {Indented(statements, 16)};
                            {Indented(afterwards + $"RETURN '{Done}';", 16)}
                        END IF;
                    EXCEPTION
                        WHEN OTHER THEN
                            {giveBack}
                            RAISE;
                    END;
                    {giveBack}
                END IF;
                RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
            END;
            """);
    }

    private static string Read(TableName staged, TableName target) =>
        $"""
        SELECT
            MAX(IFF(table_name = {SnowflakeText.Literal(SnowflakeText.Fold(staged.Table))}, COALESCE(comment, ''), NULL)),
            MAX(IFF(table_name = {SnowflakeText.Literal(SnowflakeText.Fold(target.Table))}, COALESCE(comment, ''), NULL))
        INTO :staged, :published
        FROM {SnowflakeText.InformationSchema(target)}.tables
        WHERE {SnowflakeCatalog.IsPair(target, staged)};
        """;

    private static string Indented(string lines, int width) => lines.Replace("\n", $"\n{new string(' ', width)}", StringComparison.Ordinal);

    private static string Condition(GenerationGuard guard)
    {
        var staged = Holds("staged", guard.Staged);
        return guard.Published is { } published ? $"{staged} AND {Holds("published", published)}" : staged;
    }

    // The generation's place in the marker makes it none that a user's own comment could name by chance.
    private static string Holds(string comment, string generation) => generation switch
    {
        GenerationMarker.First => $"{comment} IS NULL",
        GenerationMarker.Unmarked => $"{comment} IS NOT NULL AND NOT CONTAINS({comment}, '[eltps table=')",
        _ => $"CONTAINS({comment}, 'generation={generation} replaces=')",
    };

    // A name or a comment may hold the dollar signs that end the text; then it is written as a literal.
    private static string Execute(string block) =>
        block.Contains("$$", StringComparison.Ordinal)
            ? $"EXECUTE IMMEDIATE {SnowflakeText.Literal(block)}"
            : $"EXECUTE IMMEDIATE\n$$\n{block}\n$$";
}
