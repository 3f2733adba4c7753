namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>The codes of Snowflake's that are treated each in its own way.</summary>
internal static class SqlApiCodes
{
    /// <summary>The statement was cancelled (SQLSTATE 57014).</summary>
    public const string Cancelled = "000604";

    /// <summary>Too many wait for a lock already (SQLSTATE 57014).</summary>
    public const string LockWaiters = "000625";

    /// <summary>The statement ran into its timeout (SQLSTATE 57014).</summary>
    public const string StatementTimeout = "000630";

    /// <summary>The result is too large and therefore incomplete, with HTTP status 200 all the same ("Snowflake SQL API reference").</summary>
    public const string ResultTooLarge = "391908";
}
