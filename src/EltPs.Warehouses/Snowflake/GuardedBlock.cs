using EltPs.Engine.Generations;
using EltPs.Engine.Names;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A block that reads the markers at both names and takes effect only if they are what they must be, all in one request.</summary>
/// <remarks>
/// So a swap whose answer was lost and that is sent again can never swap back: the second time the markers are others. Between the compare and the swap
/// lie some milliseconds within Snowflake, and no network. A block gives back one value (Snowflake documentation, "EXECUTE IMMEDIATE" and
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
    public static string Text(TableName target, GenerationGuard guard, string statements, string? then = null)
    {
        var (name, staging) = (SnowflakeText.Fold(target.Table), SnowflakeText.Fold(target.Staging.Table));
        var tail = then is null
            ? string.Empty
            : $"""

                        BEGIN
                            {then};
                        EXCEPTION
                            WHEN OTHER THEN RETURN '{DoneBut}' || SQLERRM;
                        END;
                """.TrimEnd();
        return Execute(
            $"""
            DECLARE
                staged VARCHAR;
                published VARCHAR;
            BEGIN
                SELECT
                    MAX(IFF(table_name = {SnowflakeText.Literal(staging)}, COALESCE(comment, ''), NULL)),
                    MAX(IFF(table_name = {SnowflakeText.Literal(name)}, COALESCE(comment, ''), NULL))
                INTO :staged, :published
                FROM {SnowflakeText.InformationSchema(target)}.tables
                WHERE {SnowflakeCatalog.IsPair(target)};
                IF ({Condition(guard)}) THEN
                    {statements.Replace("\n", "\n        ", StringComparison.Ordinal)};{tail}
                    RETURN '{Done}';
                END IF;
                RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published));
            END;
            """);
    }

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
