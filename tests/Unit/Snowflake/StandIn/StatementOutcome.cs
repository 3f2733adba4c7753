namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What a statement came to.</summary>
internal sealed record StatementOutcome
{
    public bool IsSuccess { get; private init; }

    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>The columns' types and scales, as Snowflake writes them; empty where all of them are text.</summary>
    public IReadOnlyList<(string Type, int Scale)> Types { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; private init; } = [];

    /// <summary>Snowflake's code, such as <c>002003</c>; of a success too, such as <c>391908</c>.</summary>
    public string Code { get; init; } = "090001";

    public string SqlState { get; private init; } = "00000";

    public string Message { get; private init; } = "Statement executed successfully.";

    /// <summary>Rows, with the names of their columns.</summary>
    public static StatementOutcome Success(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows) =>
        new() { IsSuccess = true, Columns = columns, Rows = rows };

    /// <summary>The one row that a statement without a result of its own gives.</summary>
    public static StatementOutcome Success(string status = "Statement executed successfully.") => Success(["status"], [[status]]);

    /// <summary>Refused.</summary>
    public static StatementOutcome Failure(string code, string sqlState, string message) =>
        new() { Code = code, SqlState = sqlState, Message = message };
}
