using EltPs.Engine.Errors;
using EltPs.Engine.Sql;
using Xunit;

namespace EltPs.Tests.Sql;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT 1")]
    [InlineData("SELECT 1;", "SELECT 1")]
    [InlineData("SELECT 1 ; ;\n-- done;\n/* really; */ ", "SELECT 1")]
    [InlineData("SELECT ';' || 'it''s;' /* ; /* ; */ ; */, \"a;\"\"b\"; --;", "SELECT ';' || 'it''s;' /* ; /* ; */ ; */, \"a;\"\"b\"")]
    [InlineData("select $$a;'b$$, $t$ $$;$t$, E'it\\'s;';", "select $$a;'b$$, $t$ $$;$t$, E'it\\'s;'")]
    [InlineData("SELECT 'C:\\' AS path;", "SELECT 'C:\\' AS path")]
    [InlineData("SELECT a$b, c$d FROM t;", "SELECT a$b, c$d FROM t")]
    [InlineData("-- first\nWITH x AS (SELECT 1) FROM x", "-- first\nWITH x AS (SELECT 1) FROM x")]
    [InlineData("(values (1))", "(values (1))")]
    [InlineData("FROM t;", "FROM t")]
    public void One_query_loses_only_what_trails_it(string sql, string statement) =>
        Assert.Equal(statement, SqlText.SingleStatement(sql, SqlSyntax.Standard));

    [Theory]
    [InlineData("SELECT 'a\\'; DROP TABLE x; --';", "SELECT 'a\\'; DROP TABLE x; --'")]
    [InlineData("SELECT 'C:\\\\' AS path;", "SELECT 'C:\\\\' AS path")]
    [InlineData("SELECT 1; // done; really", "SELECT 1")]
    [InlineData("SELECT $t$ FROM $$it's;$$", "SELECT $t$ FROM $$it's;$$")]
    public void Snowflakes_SQL_is_read_as_Snowflake_does(string sql, string statement) =>
        Assert.Equal(statement, SqlText.SingleStatement(sql, SqlSyntax.Snowflake));

    [Fact]
    public void A_text_that_Snowflake_sees_open_is_refused_there()
    {
        Assert.False(SqlText.TrySingleStatement("SELECT 'C:\\' AS path", SqlSyntax.Snowflake, out _, out var problem));
        Assert.StartsWith("This text is not closed", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1; DROP TABLE x", 10, "A second statement begins here")]
    [InlineData("SELECT 1;\n--\nSELECT 2", 13, "A second statement begins here")]
    [InlineData("SELECT 'a\\'; DROP TABLE x; --'", 13, "A second statement begins here")]
    [InlineData("SELECT 1 -- '\r; SELECT 2", 16, "A second statement begins here")]
    [InlineData("DROP TABLE x", 0, "The SQL is not a query")]
    [InlineData("/* c */ insert into t select 1", 8, "The SQL is not a query")]
    [InlineData("SELECTED", 0, "The SQL is not a query")]
    [InlineData("\"SELECT\" 1", 0, "The SQL is not a query")]
    [InlineData("", 0, "The SQL is empty")]
    [InlineData(" ; -- nothing", 0, "The SQL is empty")]
    [InlineData("SELECT 'open", 7, "This text is not closed; end it with '.")]
    [InlineData("SELECT E'open\\", 8, "This text is not closed; end it with '.")]
    [InlineData("SELECT \"open", 7, "This quoted name is not closed; end it with \".")]
    [InlineData("SELECT 1 /* /* */", 9, "This comment is not closed; end it with */.")]
    [InlineData("SELECT $t$ $$", 7, "This text is not closed; end it with the same $tag$ that begins it.")]
    [InlineData("SELECT 1\0", 8, "The SQL holds a NUL character")]
    public void Anything_else_is_refused_with_its_place(string sql, int offset, string message)
    {
        Assert.False(SqlText.TrySingleStatement(sql, SqlSyntax.Standard, out _, out var problem));
        Assert.Equal(offset, problem!.Offset);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_is_invalid_SQL() =>
        Assert.Equal(
            EltErrorKind.InvalidSql,
            Assert.Throws<EltException>(() => SqlText.SingleStatement("SELECT 1; SELECT 2", SqlSyntax.Standard)).Kind);

    [Fact]
    public void References_are_the_names_with_their_dots_and_neither_text_nor_comments()
    {
        var references = SqlText.References(
            "SELECT t.\"B c\", 'x.y' FROM raw . t /* no.name */ JOIN db.s.u ON 1.5 = f(v) -- not.this",
            SqlSyntax.Standard);
        Assert.Equal(
            ["SELECT", "t.\"B c\"", "FROM", "raw.t", "JOIN", "db.s.u", "ON", "f", "v"],
            references.Select(parts => string.Join('.', parts)));
    }

    [Fact]
    public void Time_and_memory_grow_with_the_text_and_nesting_needs_no_stack()
    {
        var sql =
            string.Concat(Enumerable.Repeat("/*", 500_000))
            + string.Concat(Enumerable.Repeat("*/", 500_000))
            + " SELECT "
            + new string('(', 2_000_000);
        Assert.Equal(sql, SqlText.SingleStatement(sql, SqlSyntax.Standard));
    }
}
