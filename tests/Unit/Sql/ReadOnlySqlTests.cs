using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Sql;

public sealed class ReadOnlySqlTests
{
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("  -- a comment\n/* another */ select 1 ; -- and behind;")]
    [InlineData(";; SELECT 1;;")]
    [InlineData("((SELECT 1)) UNION ALL (SELECT 2)")]
    [InlineData("WITH x AS (SELECT 1), y (a) AS NOT MATERIALIZED (WITH z AS (VALUES (1)) FROM z) SELECT * FROM x, y")]
    [InlineData("WITH RECURSIVE t(n) USING KEY (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) FROM t")]
    [InlineData("WITH \"delete\" AS (SELECT 1) SELECT * FROM \"delete\"")]
    [InlineData("FROM t")]
    [InlineData("VALUES (1), (2)")]
    [InlineData("TABLE t")]
    [InlineData("SHOW TABLES")]
    [InlineData("DESCRIBE TABLE t")]
    [InlineData("DESC TABLE t")]
    [InlineData("SUMMARIZE t")]
    [InlineData("EXPLAIN SELECT 1")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("EXPLAIN (FORMAT json) SELECT 1")]
    [InlineData("EXPLAIN (SELECT 1)")]
    [InlineData("EXPLAIN USING TEXT WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("PIVOT t ON a USING sum(b)")]
    [InlineData("FROM (UNPIVOT t ON a, b INTO NAME n VALUE v)")]
    [InlineData("SELECT t.into, 'INSERT; DELETE', $$;$$ FROM t")]
    [InlineData("SELECT \"into\" FROM t")]
    [InlineData("SELECT deleted, query, nextval FROM updates")]
    public void One_statement_that_reads_is_taken(string sql)
    {
        Assert.Null(Problem(sql, SqlSyntax.Standard));
        Assert.Null(Problem(sql, SqlSyntax.Snowflake));
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData(" ; -- nothing", 0, "empty")]
    [InlineData("INSERT INTO t VALUES (1)", 0, "INSERT")]
    [InlineData("-- SELECT\n  delete FROM t", 12, "DELETE")]
    [InlineData("((DROP TABLE t))", 2, "DROP")]
    [InlineData("SELECT 1; DELETE FROM t", 10, "second statement")]
    [InlineData("SELECT 1;; SELECT 2;", 11, "second statement")]
    [InlineData("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", 21, "INSERT")]
    [InlineData("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", 11, "DELETE")]
    [InlineData("WITH x AS (SELECT 1), y AS (UPDATE t SET a = 1) SELECT 1", 28, "UPDATE")]
    [InlineData("WITH x AS (SELECT 1)", 20, "missing")]
    [InlineData("WITH p AS PROCEDURE () RETURNS INT LANGUAGE SQL AS $$ BEGIN DELETE FROM t; END $$ CALL p()", 10, "PROCEDURE")]
    [InlineData("SELECT 1 INTO t", 9, "INTO")]
    [InlineData("WITH x AS (SELECT * INTO t FROM u) SELECT 1", 20, "INTO")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", 16, "DELETE")]
    [InlineData("EXPLAIN (ANALYZE) DELETE FROM t", 18, "DELETE")]
    [InlineData("EXPLAIN USING JSON WITH x AS (SELECT 1) MERGE INTO t", 40, "MERGE")]
    [InlineData("CALL p()", 0, "CALL")]
    [InlineData("EXECUTE IMMEDIATE 'SELECT 1'", 0, "EXECUTE")]
    [InlineData("BEGIN SELECT 1; END", 16, "second statement")]
    [InlineData("COPY t TO 'x.csv'", 0, "COPY")]
    [InlineData("ATTACH 'x.duckdb'", 0, "ATTACH")]
    [InlineData("INSTALL httpfs", 0, "INSTALL")]
    [InlineData("LOAD httpfs", 0, "LOAD")]
    [InlineData("SET threads = 1", 0, "SET")]
    [InlineData("PRAGMA database_list", 0, "PRAGMA")]
    [InlineData("USE DATABASE x", 0, "USE")]
    [InlineData("GRANT SELECT ON t TO ROLE r", 0, "GRANT")]
    [InlineData("TRUNCATE TABLE t", 0, "TRUNCATE")]
    [InlineData("CREATE TABLE t AS SELECT 1", 0, "CREATE")]
    [InlineData("\"SELECT\" 1", 0, "no query")]
    [InlineData("1", 0, "1 is refused")]
    [InlineData("SELECT 1\0; DROP TABLE t", 8, "NUL")]
    [InlineData("SELECT 'x", 7, "not closed")]
    public void Anything_else_is_refused_with_its_place(string sql, int offset, string says)
    {
        Assert.All([SqlSyntax.Standard, SqlSyntax.Snowflake], syntax =>
        {
            var problem = Problem(sql, syntax);
            Assert.NotNull(problem);
            Assert.Equal(offset, problem.Offset);
            Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("FROM enable_logging(storage = 'file')", 5)]
    [InlineData("FROM \"Force_Checkpoint\"()", 5)]
    [InlineData("SELECT nextval('s')", 7)]
    [InlineData("FROM query('FROM enable_logging()')", 5)]
    [InlineData("SELECT 'x'.write_log()", 11)]
    public void Functions_of_DuckDB_that_act_are_refused(string sql, int offset) =>
        Assert.Equal(offset, Problem(sql, SqlSyntax.Standard)?.Offset);

    [Theory]
    [InlineData("SELECT SYSTEM$CANCEL_QUERY('x')", 7)]
    [InlineData("SELECT system$abort_session(1)", 7)]
    [InlineData("SELECT SYSTEM$PIPE_FORCE_RESUME('p')", 7)]
    [InlineData("SELECT s.NEXTVAL", 9)]
    [InlineData("SHOW TABLES ->> DELETE FROM t", 16)]
    [InlineData("SELECT 1 ->> SELECT 2 ->> CALL p()", 26)]
    [InlineData("// a comment\nDELETE FROM t", 13)]
    [InlineData("SELECT 'it\\'s'; DELETE FROM t", 16)]
    public void What_only_Snowflake_knows_is_refused_there(string sql, int offset) =>
        Assert.Equal(offset, Problem(sql, SqlSyntax.Snowflake)?.Offset);

    [Theory]
    [InlineData("SHOW TABLES ->> SELECT \"name\" FROM $1")]
    [InlineData("SELECT SYSTEM$TYPEOF(1), SYSTEM$CLUSTERING_INFORMATION('t')")]
    public void What_only_reads_in_Snowflake_is_taken_there(string sql) => Assert.Null(Problem(sql, SqlSyntax.Snowflake));

    [Fact]
    public void What_trails_is_cut_and_what_leads_stays_so_that_places_are_those_of_the_text()
    {
        Assert.True(SqlTemplate.TryParseReadOnly("\n ;SELECT 1 ; ; -- x", SqlSyntax.Standard, out var template, out _));
        Assert.Equal("\n ;SELECT 1", template.Sql);
    }

    private static SqlProblem? Problem(string sql, SqlSyntax syntax) =>
        SqlTemplate.TryParseReadOnly(sql, syntax, out _, out var problem) ? null : problem;
}
