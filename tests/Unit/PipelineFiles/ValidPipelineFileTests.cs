using System.Text;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.PipelineFiles;

public sealed class ValidPipelineFileTests
{
    private const string Everything = """
        # A comment
        <# and a block #>
        @{
            Name        = 'All'
            description = "double quotes without code"
            Connection  = 'other'
            Connections = @{ other = @{ Type = 'duckdb'; Path = 'data/o.duckdb' }; implied = @{ Path = ':memory:' } }
            Schedule    = '@annually'
            StartDate   = '2025-01-10'
            EndDate     = '2025-12-31 23:30'
            Catchup     = $TRUE
            TimeZone    = 'America/New_York'
            Tags        = 'ELT', "x"
            Sources     = @{ 'raw.events' = 'data/*.csv' }
            Tables      = @(
                @{
                    Schema = 'analytics'
                    Table  = 'a'
                    Sql    = @'
        SELECT 'it''s' AS a,
            "b" FROM raw.events; -- done
        '@
                    MinimumRows = 0
                    KeepPrevious = $false
                    Tags = @('t1'
                        't2')
                }
                @{ Schema = 'db.analytics'; Table = '"B b"'; SqlFile = ('sql/b.sql'); MinimumRows = 1kb },
                @{ 'Schema' = 's'; Table = 'c'; Sql = 'SELECT 1' }
            )
        }
        """;

    [Fact]
    public void Every_key_arrives()
    {
        using var file = new PipelineFile(Everything);
        file.Folder.File("sql/b.sql", "\ufeff-- b\nSELECT 2;\n");
        var pipeline = file.Load();
        Assert.Equal(("All", "double quotes without code", file.FullPath), (pipeline.Name, pipeline.Description, pipeline.Path));
        Assert.Equal(
            new ScheduleDefinition("@yearly", new DateTime(2025, 1, 10), new DateTime(2025, 12, 31, 23, 30, 0), true),
            pipeline.Schedule);
        Assert.Equal(["ELT", "x"], pipeline.Tags);
        Assert.Equal("America/New_York", pipeline.Session.TimeZone);
        Assert.Equal(("other", "DuckDb", "data/o.duckdb"), Describe(pipeline.Session.Connection));
        var source = Assert.Single(pipeline.Session.Sources);
        Assert.Equal(
            ("raw.events", "data/*.csv", file.Folder.Path, "p.psd1(14,22)"),
            (source.Name.ToString(), source.Path, source.BaseFolder, source.Location.ToString()));

        Assert.Equal(["analytics.a", "db.analytics.\"B b\"", "s.c"], pipeline.Tables.Select(table => table.Name.ToString()));
        var first = pipeline.Tables[0];
        Assert.Equal("SELECT 'it''s' AS a,\n    \"b\" FROM raw.events", first.Sql.ReplaceLineEndings("\n"));
        Assert.Equal(
            (0L, false, "All", "p.psd1(20,1)"),
            (first.MinimumRows, first.KeepPrevious, first.Pipeline, first.Location!.ToString()));
        Assert.Equal(["t1", "t2"], first.Tags);
        Assert.Same(pipeline.Session, first.Session);
        Assert.Equal(
            ("-- b\nSELECT 2", 1024L, true, "sql/b.sql(1,1)"),
            (
                pipeline.Tables[1].Sql,
                pipeline.Tables[1].MinimumRows,
                pipeline.Tables[1].KeepPrevious,
                pipeline.Tables[1].Location!.ToString()));
        Assert.Equal(1L, pipeline.Tables[2].MinimumRows);
    }

    [Fact]
    public void What_the_file_says_for_all_tables_a_table_may_say_for_itself()
    {
        using var file = new PipelineFile("""
            @{
                KeepPrevious = $false; Publish = 'clone'; Transient = $true; ClusterBy = 'a', 'TO_DATE(b)'; Timeout = '00:10:00'
                Tables = @(
                    @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1' }
                    @{ Schema = 's'; Table = 'u'; Sql = 'SELECT 1'; KeepPrevious = $true; Publish = 'Swap'; Transient = $false; ClusterBy = @(); Timeout = 1.5 }
                )
            }
            """);

        var pipeline = file.Load();

        Assert.Equal(TimeSpan.FromMinutes(10), pipeline.Timeout);
        Assert.Equal("False Clone True a|TO_DATE(b) 00:10:00", Settings(pipeline.Tables[0]));
        Assert.Equal("True Swap False  00:00:01.5000000", Settings(pipeline.Tables[1]));
    }

    [Fact]
    public void A_table_has_an_hour_and_no_opinion_where_nobody_says_otherwise()
    {
        using var file = new PipelineFile(PipelineFile.WithTable("Schema = 's'; Table = 't'; Sql = 'SELECT 1'"));

        Assert.Equal("True Swap   01:00:00", Settings(file.Load().Tables[0]));
    }

    private static string Settings(TableDefinition table) =>
        $"{table.KeepPrevious} {table.Publish} {table.Options["Transient"]} "
            + $"{string.Join('|', table.Options.Of(SnowflakeTableOptions.ClusterBy))} {table.Timeout}";

    [Fact]
    public void A_file_without_the_optional_keys_runs_on_a_database_file_beside_it()
    {
        using var file = new PipelineFile(PipelineFile.WithTable("Schema = 's'; Table = 't'; Sql = 'SELECT 1'"));
        var pipeline = file.Load();
        Assert.Equal("p", pipeline.Name);
        Assert.Equal(("duckdb", "DuckDb", "p.duckdb"), Describe(pipeline.Session.Connection));
        Assert.Equal(file.Folder.Path, pipeline.Session.Connection.BaseFolder);
        Assert.Equal("UTC", pipeline.Session.TimeZone);
        Assert.Equal(new ScheduleDefinition(null, null, null, false), pipeline.Schedule);
    }

    [Fact]
    public void The_caller_chooses_a_connection_by_name_or_as_an_object()
    {
        using var file = new PipelineFile(Everything);
        file.Folder.File("sql/b.sql", "SELECT 2");
        Assert.Equal(":memory:", file.Load(context => context with { ConnectionName = "IMPLIED" }).Session.Connection.Values["path"]);
        Assert.Equal("p.duckdb", file.Load(context => context with { ConnectionName = "duckdb" }).Session.Connection.Values["path"]);
        var given = ConnectionDefinition.Embedded("mine.duckdb", file.Folder.Path, "mine");
        Assert.Same(given, file.Load(context => context with { Connection = given }).Session.Connection);
    }

    [Fact]
    public void An_unknown_connection_of_the_caller_is_no_complaint_about_the_file()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Connections = @{ a = @{ Path = 'a.duckdb' } }"));
        var refusal = Assert.Throws<EltException>(() => file.Load(context => context with { ConnectionName = "b" }));
        Assert.Equal(EltErrorKind.UnknownConnection, refusal.Kind);
        Assert.StartsWith(
            "There is no connection 'b'; known are 'a', 'duckdb'. Looked in p.psd1, ",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@hourly")]
    [InlineData("@daily")]
    [InlineData("@weekly")]
    [InlineData("@monthly")]
    [InlineData("@yearly")]
    [InlineData("@quarterly")]
    [InlineData("*/5 6-18 1,15 * MON-FRI")]
    public void A_schedule_is_a_preset_or_a_cron_expression(string schedule)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot($"Schedule = '{schedule}'"));
        Assert.Equal(schedule, file.Load().Schedule.Expression);
    }

    [Theory]
    [InlineData("@Annually", "@yearly")]
    [InlineData("@midnight", "@daily")]
    [InlineData("@DAILY", "@daily")]
    [InlineData(" 0 6 * * * ", "0 6 * * *")]
    public void A_schedule_has_one_spelling(string schedule, string expression)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot($"Schedule = '{schedule}'"));
        Assert.Equal(expression, file.Load().Schedule.Expression);
    }

    [Theory]
    [InlineData("utc", "UTC")]
    [InlineData("Asia/Seoul", "Asia/Seoul")]
    [InlineData("Eastern Standard Time", "America/New_York")]
    public void A_time_zone_is_kept_as_an_IANA_name(string written, string kept)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot($"TimeZone = '{written}'"));
        Assert.Equal(kept, file.Load().Session.TimeZone);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_chooses_the_encoding(string encoding)
    {
        var chosen = Encoding.GetEncoding(encoding);
        using var file = new PipelineFile([.. chosen.GetPreamble(), .. chosen.GetBytes(PipelineFile.WithRoot("Name = 'Grüße 🦆'"))]);
        Assert.Equal("Grüße 🦆", file.Load().Name);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_ending_is_read(string ending)
    {
        using var file = new PipelineFile(Everything.ReplaceLineEndings(ending));
        file.Folder.File("sql/b.sql", "SELECT 2");
        Assert.Equal("p.psd1(20,1)", file.Load().Tables[0].Location!.ToString());
    }

    // Allocations measure the work without depending on what else the machine does; the benchmark measures the time.
    [Fact]
    public void Ten_thousand_tables_take_ten_times_the_work_of_a_thousand()
    {
        Measure(1000);
        var small = Measure(1000);
        var large = Measure(10_000);
        Assert.True(large < small * 13, $"1,000 tables took {small:N0} bytes, 10,000 took {large:N0}.");

        static long Measure(int count)
        {
            var tables = Enumerable
                .Range(0, count)
                .Select(number =>
                    $"@{{\n Schema = 'analytics'\n Table = 't{number}'\n Sql = @'\nSELECT {number} AS n, 'text' AS t\nFROM "
                        + $"raw.events;\n'@\n MinimumRows = 1\n}}\n");
            using var file = new PipelineFile($"@{{ Tables = @(\n{string.Concat(tables)}) }}");
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(count, file.Load().Tables.Count);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static (string Name, string Type, string Path) Describe(ConnectionDefinition connection) =>
        (connection.Name, connection.Type, connection.Values["Path"]);
}
