namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>What became of one HTTP request.</summary>
internal enum AttemptKind
{
    /// <summary>Snowflake gave an answer that can be used, good or bad.</summary>
    Answered,

    /// <summary>No connection was made: Snowflake cannot have seen it.</summary>
    NotReached,

    /// <summary>Snowflake did not take it because there were too many (429).</summary>
    TooMany,

    /// <summary>
    /// It was sent, but the answer was lost or says nothing (500, 502, 503, 504, a broken connection, a body that is cut off): it may have
    /// run.
    /// </summary>
    Lost,
}
