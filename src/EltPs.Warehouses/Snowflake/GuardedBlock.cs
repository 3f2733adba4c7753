using EltPs.Engine.Generations;
using EltPs.Engine.Names;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A block that reads the markers at both names and takes effect only if they are what they must be, all in one request.</summary>
/// <remarks>
/// So a swap whose answer was lost and that is sent again can never swap back: the second time the markers are others. Between the compare and the swap
/// lie some milliseconds within Snowflake, and no network; if another run changes the staging table just then, the block sees it behind the swap, and
/// takes that back. A block gives back one value (Snowflake documentation, "EXECUTE IMMEDIATE" and
/// "Understanding blocks in Snowflake Scripting"): <see cref="Done"/>, or what stood at the names instead.
/// </remarks>
internal static class GuardedBlock
{
    /// <summary>What the block returns if it took effect.</summary>
    public const string Done = "done";

    /// <summary>What the block's answer begins with if it took effect and what comes after it failed.</summary>
    public const string DoneBut = "done, but ";

    /// <summary>The block's text.</summary>
    /// <param name="target">The published table's name.</param>
    /// <param name="guard">What must still stand at both names.</param>
    /// <param name="statements">What takes effect.</param>
    /// <param name="then">A statement of less weight: if it fails, the answer says so.</param>
    /// <param name="back">What takes it back, if something else than <see cref="GenerationGuard.Staged"/> is published behind it; null for nothing.</param>
    public static string Text(TableName target, GenerationGuard guard, string statements, string? then = null, string? back = null)
    {
        var done = then is null
            ? $"RETURN '{Done}';"
            : $"""
            BEGIN
                {then};
            EXCEPTION
                WHEN OTHER THEN RETURN '{DoneBut}' || SQLERRM;
            END;
            RETURN '{Done}';
            """;
        var rest = back is null
            ? done
            : $"""
            {Read(target)}
            IF ({Holds("published", guard.Staged)}) THEN
                {Indented(done, 4)}
            END IF;
            {back};
            {Found("published", "staged")}
            """;
        return Execute(
            $"""
            DECLARE
                staged VARCHAR;
                published VARCHAR;
            BEGIN
                {Indented(Read(target), 4)}
                IF ({Condition(guard)}) THEN
                    {Indented(statements, 8)};
                    {Indented(rest, 8)}
                END IF;
                {Found("staged", "published")}
            END;
            """);
    }

    private static string Read(TableName target) =>
        $"""
        SELECT
            MAX(IFF(table_name = {SnowflakeText.Literal(SnowflakeText.Fold(target.Staging.Table))}, COALESCE(comment, ''), NULL)),
            MAX(IFF(table_name = {SnowflakeText.Literal(SnowflakeText.Fold(target.Table))}, COALESCE(comment, ''), NULL))
        INTO :staged, :published
        FROM {SnowflakeText.InformationSchema(target)}.tables
        WHERE {SnowflakeCatalog.IsPair(target)};
        """;

    private static string Found(string staged, string published) =>
        $"RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', {staged}, 'published', {published}));";

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
