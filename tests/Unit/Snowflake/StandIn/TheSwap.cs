namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Tells the one statement of a block that publishes from those that only lend the staging table another name.</summary>
internal static class TheSwap
{
    public static bool Is(string statement) =>
        statement.StartsWith("ALTER TABLE", StringComparison.Ordinal) && !statement.Contains("temp_", StringComparison.Ordinal);

    /// <summary>The same for a test that names a statement by its first words, and the swap as <c>swap</c>.</summary>
    public static bool Begins(string statement, string words) =>
        words == "swap" ? Is(statement) : statement.StartsWith(words, StringComparison.Ordinal);
}
