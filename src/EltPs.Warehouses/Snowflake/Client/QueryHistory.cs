using EltPs.Engine.Names;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The SQL that finds statements by their tag, and stops them.</summary>
/// <remarks>
/// Snowflake: "QUERY_HISTORY, QUERY_HISTORY_BY_*" and "SYSTEM$CANCEL_QUERY": a user sees and cancels their own queries without any
/// privilege.
/// </remarks>
internal static class QueryHistory
{
    /// <summary>Finds the ids of the user's own running queries whose tag has a request id in it.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="database">Any database that the user may use, for its INFORMATION_SCHEMA; null for Snowflake's own.</param>
    public static string FindRunning(Guid requestId, string? database) => $"""
        SELECT query_id
        FROM TABLE({Identifier.Quote(database ?? "SNOWFLAKE")}.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => 1000))
        WHERE CONTAINS(query_tag, '{requestId}') AND LOWER(execution_status) IN ('running', 'queued', 'blocked', 'resuming_warehouse')
        """;

    /// <summary>Stops queries. Their ids are written as constants, as the documentation has it.</summary>
    public static string Cancel(IEnumerable<Guid> queryIds) =>
        $"SELECT {string.Join(", ", queryIds.Select(id => $"SYSTEM$CANCEL_QUERY('{id}')"))}";

    /// <summary>What a person runs to see what became of a statement.</summary>
    /// <remarks>
    /// The limit counts before the WHERE, and without one it is 100 statements of everybody. Snowflake's own database is there also where
    /// no database is in use. All users', because the person is hardly ever the job's user.
    /// </remarks>
    /// <param name="part">What its tag has in it: the run id, or the request id.</param>
    public static string ForPeople(string part) =>
        "SELECT query_id, execution_status, error_message FROM TABLE(SNOWFLAKE.INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 10000)) "
        + $"WHERE query_tag LIKE '%{part.Replace("'", "''", StringComparison.Ordinal)}%'";
}
