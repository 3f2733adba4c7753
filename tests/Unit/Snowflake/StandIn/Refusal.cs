namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What Snowflake says if it does not run a statement.</summary>
/// <remarks>
/// The codes of missing objects, syntax and cancelling are those of Snowflake's documentation ("Snowflake SQL REST API: handling
/// responses"); the others are what its users report, since no page lists them. EltPs decides by the documented ones only.
/// </remarks>
internal sealed class Refusal(string code, string sqlState, string message) : Exception(message)
{
    public string Code { get; } = code;

    public string SqlState { get; } = sqlState;

    /// <summary>The cancelled statement: also what a stopped one says that had waited only.</summary>
    public static Refusal Canceled() => new("000604", "57014", "SQL execution canceled");

    public static Refusal Missing(string kind, object name) =>
        new(
            "002003",
            kind is "Schema" or "Database" ? "02000" : "42S02",
            $"SQL compilation error:\n{kind} '{name}' does not exist or not authorized.");

    public static Refusal AlreadyThere(object name) => new("002002", "42710", $"SQL compilation error:\nObject '{name}' already exists.");

    public static Refusal WrongKind(string found, string wanted) => new(
        "002203", "02000", $"SQL compilation error:\nObject found is of type '{found}', not specified type '{wanted}'.");

    public static Refusal NoPrivilege(string kind, object name) => new(
        "003001", "42501", $"SQL access control error:\nInsufficient privileges to operate on {kind} '{name}'.");

    public static Refusal Unsupported(string what) => new("000002", "0A000", $"Unsupported feature '{what}'.");

    public static Refusal NoDatabase() => new(
        "090105",
        "22000",
        "Cannot perform operation. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.");

    public static Refusal Syntax(int line, int position, string unexpected) => new(
        "001003", "42000", $"SQL compilation error:\nsyntax error line {line} at position {position} unexpected '{unexpected}'.");
}
