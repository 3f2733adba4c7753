namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>The rows of a query, each value as the text that the SQL API gives.</summary>
internal sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>The columns' types and scales, as Snowflake writes them; empty where all of them are text.</summary>
    public IReadOnlyList<(string Type, int Scale)> Types { get; init; } = [];

    /// <summary>The one row that every statement gives which is no query.</summary>
    public static QueryResult Status(string text) => new(["status"], [[text]]);
}
