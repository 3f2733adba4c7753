using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Statements that are sent together.</summary>
/// <param name="Statements">At least one, in order, without trailing semicolons. If one fails, what ran before it stays.</param>
/// <param name="Changes">Whether it changes anything: then a lost answer leaves its outcome unknown, while a query can just be asked
/// again.</param>
internal sealed record SnowflakeRequest(IReadOnlyList<string> Statements, bool Changes)
{
    /// <summary>
    /// The longest time limit that Snowflake takes for a statement, in seconds: seven days ("Parameters", STATEMENT_TIMEOUT_IN_SECONDS).
    /// </summary>
    public const int LongestTimeout = 604_800;

    /// <summary>The part of the time limit that is kept for stopping a statement and learning what became of it.</summary>
    /// <param name="limit">The whole limit.</param>
    public static TimeSpan Grace(TimeSpan limit) => TimeSpan.FromSeconds(Math.Min(5, limit.TotalSeconds / 10));

    /// <summary>A query that changes nothing.</summary>
    public static SnowflakeRequest Query(string statement) => new([statement], Changes: false);

    /// <summary>Statements that change something.</summary>
    public static SnowflakeRequest Change(params IReadOnlyList<string> statements) => new(statements, Changes: true);

    /// <summary>
    /// The same request as an interrupted process sent it, which is asked for before it is sent again; null if there was none.
    /// </summary>
    public StatementInFlight? InFlight { get; init; }

    /// <summary>Whether it is of a table's own (<see cref="StatementRoleExtensions.IsOfTable"/>).</summary>
    public bool IsOfTable { get; init; }

    /// <summary>The query whose rows are wanted as values; null where their text will do.</summary>
    public RowQuery? Rows { get; init; }

    /// <summary>The statements as one text.</summary>
    public string Text => string.Join(";\n", Statements);
}
