namespace EltPs.Warehouses.Snowflake;

/// <summary>The codes of Snowflake's that are treated each in its own way, as its documentation writes them.</summary>
internal static class SnowflakeCodes
{
    /// <summary>The statement was cancelled (SQLSTATE 57014).</summary>
    public const string Cancelled = "000604";

    /// <summary>Too many wait for a lock already (SQLSTATE 57014).</summary>
    public const string LockWaiters = "000625";

    /// <summary>The statement ran into its timeout (SQLSTATE 57014).</summary>
    public const string StatementTimeout = "000630";

    /// <summary>The text is no SQL that Snowflake can read.</summary>
    public const string Syntax = "001003";

    /// <summary>"Object does not exist or not authorized": the answer to a table that is not there.</summary>
    public const string NoSuchObject = "002003";

    /// <summary>The session has ended in Snowflake; nothing runs in it any more.</summary>
    public const string SessionGone = "390111";

    /// <summary>Too many requests of this user or account.</summary>
    public const string TooManyRequests = "390505";

    /// <summary>
    /// The result is too large and therefore incomplete, with HTTP status 200 all the same ("Snowflake SQL API reference").
    /// </summary>
    public const string ResultTooLarge = "391908";
}
