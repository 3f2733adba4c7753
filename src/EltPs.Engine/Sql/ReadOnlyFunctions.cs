using System.Collections.Frozen;

namespace EltPs.Engine.Sql;

/// <summary>The functions that a query can call and that do more than to give a value.</summary>
internal static class ReadOnlyFunctions
{
    // Those of duckdb_functions() that write a file or the database's, change its settings for all sessions, or run SQL that nobody has
    // looked at.
    private static readonly FrozenSet<string> OfDuckDb = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "checkpoint",
        "force_checkpoint",
        "enable_logging",
        "disable_logging",
        "truncate_duckdb_logs",
        "write_log",
        "enable_profiling",
        "disable_profiling",
        "enable_peg_parser",
        "disable_peg_parser",
        "nextval",
        "query",
        "json_execute_serialized_sql");

    // "System functions": these groups tell something; the others (CANCEL, ABORT, SEND, FORCE_RESUME, …) act.
    private static readonly string[] TellingInSnowflake =
    [
        "ALLOWLIST", "CLUSTERING_", "CURRENT_", "DATA_METRIC", "ESTIMATE_", "EXPLAIN_", "GET_", "INTERNAL_STAGES", "IS_", "LAST_CHANGE",
        "LIST_", "PIPE_STATUS", "SHOW_", "STREAM_", "TASK_DEPENDENTS", "TYPEOF", "VALIDATE_", "VERIFY_", "WAIT", "WHITELIST",
    ];

    /// <summary>Whether a function of DuckDB acts.</summary>
    public static bool ActsInDuckDb(string name) => OfDuckDb.Contains(name);

    /// <summary>Whether a function of Snowflake acts: a system function that is not known to tell something.</summary>
    public static bool ActsInSnowflake(string name)
    {
        const string Prefix = "SYSTEM$";
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && !TellingInSnowflake.Any(telling => name.AsSpan(Prefix.Length).StartsWith(telling, StringComparison.OrdinalIgnoreCase));
    }
}
