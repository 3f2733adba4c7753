namespace EltPs.Tests.Support;

/// <summary>SQL that runs until somebody stops it, in little memory.</summary>
internal static class LongQuery
{
    /// <summary>The table that it reads: DuckDB knows how far a statement is only if it reads a table.</summary>
    public const string Source = "analytics.many";

    public const string Sql = $"SELECT count(*) AS n FROM {Source} a, {Source} b, {Source} c WHERE (a.n + b.n + c.n) % 7 = 8";

    /// <summary>A statement that takes an hour, reads no table and leaves the processors to others, for a process that is killed.</summary>
    public const string Waiting = "SELECT sleep_ms(3600000) AS n";

    /// <summary>Makes the table that it reads.</summary>
    public static void Prepare(DatabaseFile database) =>
        database.Execute($"CREATE SCHEMA IF NOT EXISTS analytics; CREATE TABLE {Source} AS SELECT range AS n FROM range(1000000)");
}
