using System.Text;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using Xunit;

namespace EltPs.Tests.PipelineFiles;

/// <summary>Files that are data and no pipeline.</summary>
public sealed class InvalidPipelineFileTests
{
    private const string TableOk = "Schema = 's'; Table = 't'; Sql = 'SELECT 1'";

    [Theory]
    [InlineData("Nmae = 'x'", "(1,4): Unknown key 'Nmae'; did you mean Name?")]
    [InlineData("SCHEDUEL = 'x'", "(1,4): Unknown key 'SCHEDUEL'; did you mean Schedule?")]
    [InlineData(
        "Nonsense = @{}",
        "(1,4): Unknown key 'Nonsense'; known are Name, Description, Connection, Connections, Schedule, StartDate, EndDate, Catchup, "
            + "TimeZone, Tags, Alerts, Sources, Variables, KeepPrevious, Publish, Timeout, Retries, RetryDelay, Transient, ClusterBy, "
            + "PublishTogether, Tables."
    )]
    [InlineData(
        "'x; DROP TABLE y' = 1",
        "(1,4): Unknown key 'x; DROP TABLE y'; known are Name, Description, Connection, Connections, Schedule, StartDate, EndDate, "
            + "Catchup, TimeZone, Tags, Alerts, Sources, Variables, KeepPrevious, Publish, Timeout, Retries, RetryDelay, "
            + "Transient, ClusterBy, PublishTogether, Tables."
    )]
    [InlineData("Name = 'a'; name = 'b'", "(1,16): The key name is here twice (first in line 1); remove one.")]
    [InlineData("Name = 1", "(1,11): Name is a number; write text in single quotes.")]
    [InlineData("Name = ' '", "(1,11): Name is empty text; write text in single quotes.")]
    [InlineData("Name = \"a`nb\"", "(1,11): Name has a line break or another control character; write it on one line.")]
    [InlineData("Description = @('a')", "(1,18): Description is a list; write text in single quotes.")]
    [InlineData("Catchup = 'yes'; Schedule = '@daily'", "(1,14): Catchup is text; write $true or $false.")]
    [InlineData("Catchup = $null; Schedule = '@daily'", "(1,14): Catchup is $null; write $true or $false.")]
    [InlineData("PublishTogether = 'yes'", "(1,22): PublishTogether is text; write $true or $false.")]
    [InlineData("Tags = @('a', 1)", "(1,18): Tags is a number; write text in single quotes.")]
    [InlineData(
        "Schedule = '@often'",
        "(1,15): There is no schedule '@often'; write @hourly, @daily, @weekly, @monthly, @yearly or a cron expression such as '0 6 * * *'."
    )]
    [InlineData("Schedule = '@once'", "(1,15): '@once' names no intervals; leave Schedule out, and run the pipeline by hand.")]
    [InlineData("Schedule = '@Continuous'", "(1,15): '@Continuous' names no intervals; leave Schedule out, and run the pipeline by hand.")]
    [InlineData(
        "Schedule = '@every_minute'",
        "(1,15): There is no schedule '@every_minute'; write @hourly, @daily, @weekly, @monthly, @yearly or a cron expression such as '0 6 "
            + "* * *'."
    )]
    [InlineData(
        "Schedule = '0 0 30 2 *'",
        "(1,15): Schedule '0 0 30 2 *' names a day that never comes; write one that does, such as '0 6 1 * *'.")]
    [InlineData(
        "Schedule = 'H 6 * * *'",
        "(1,15): Schedule 'H 6 * * *' is no cron expression of five fields, such as '0 6 * * *': 'H is not supported; write the number.'")]
    [InlineData(
        "StartDate = '10.01.2025'; Schedule = '@daily'",
        "(1,16): StartDate '10.01.2025' is no date; write 'yyyy-MM-dd' or 'yyyy-MM-dd HH:mm'.")]
    [InlineData(
        "StartDate = '2025-02-30'; Schedule = '@daily'",
        "(1,16): StartDate '2025-02-30' is no date; write 'yyyy-MM-dd' or 'yyyy-MM-dd HH:mm'.")]
    [InlineData(
        "StartDate = '2025-02-02'; EndDate = '2025-02-01'; Schedule = '@daily'",
        "(1,40): EndDate is before StartDate; write a later one, or none.")]
    [InlineData(
        "StartDate = '2025-01-10'",
        "(1,16): StartDate has no meaning without a Schedule; add one such as '@daily', or take StartDate out.")]
    [InlineData("Catchup = $true", "(1,14): Catchup has no meaning without a Schedule; add one such as '@daily', or take Catchup out.")]
    [InlineData("TimeZone = 'Mars/Olympus'", "(1,15): There is no time zone 'Mars/Olympus'; write an IANA name such as 'Europe/Berlin'.")]
    [InlineData("Connection = @{ Path = 'x' }", "(1,17): Connection is a table @{…}; write text in single quotes.")]
    [InlineData("Connections = 'x'", "(1,18): Connections is text; write @{ name = @{ Type = 'DuckDb'; Path = 'file.duckdb' } }.")]
    [InlineData(
        "Connections = @{ DuckDB = @{ Path = 'x' } }",
        "(1,21): The name 'DuckDB' is reserved for the embedded warehouse; choose another.")]
    [InlineData("Connections = @{ a = @{ Path = 'x' }; A = @{ Path = 'y' } }", "(1,42): The connection 'A' is here twice; remove one.")]
    [InlineData("Connections = @{ a = 'x' }", "(1,25): The connection 'a' is text; write @{ Type = '…'; … }.")]
    [InlineData("Connections = @{ a = @{ } }", "(1,21): The connection 'a' has no Type; add Type = 'DuckDb' or 'Snowflake'.")]
    [InlineData(
        "Connections = @{ a = @{ Type = 'Oracle' } }",
        "(1,35): There is no warehouse type 'Oracle'; write 'DuckDb' or 'Snowflake'.")]
    [InlineData(
        "Connections = @{ a = @{ Type = 'DuckDb'; Path = 'x'; Password = 'hunter2' } }",
        "(1,57): Unknown key 'Password'; known are Type, Path.")]
    [InlineData(
        "Connections = @{ a = @{ Type = 'DuckDb' } }",
        "(1,25): Path: the database file is missing; write Path = 'name.duckdb', or ':memory:' for one that ends with the run.")]
    [InlineData("Sources = 'x.csv'", "(1,14): Sources is text; write @{ 'schema.table' = 'data/file.csv' }.")]
    [InlineData(
        "Sources = @{ events = 'x.csv' }",
        "(1,17): 'events' is no table name; write 'schema.table' in letters, digits and _, or with parts in double quotes.")]
    [InlineData(
        "Sources = @{ 'raw.e; DROP TABLE x' = 'x.csv' }",
        "(1,17): 'raw.e; DROP TABLE x' is no table name; write 'schema.table' in letters, digits and _, or with parts in double quotes.")]
    [InlineData("Sources = @{ 'raw.e' = 1 }", "(1,27): The source raw.e is a number; write text in single quotes.")]
    [InlineData(
        "Sources = @{ 'raw.e' = 'x.xlsx' }",
        "(1,27): 'x.xlsx' has no known file type; known: .csv, .tsv, .json, .ndjson, .jsonl, .parquet, and the text types with .gz behind."
    )]
    [InlineData(
        "Sources = @{ 'raw.e' = 'x.csv'; 'RAW.E' = 'y.csv' }",
        "(1,36): The name RAW.E of the source RAW.E (line 1) is taken by the source raw.e (line 1); rename one.")]
    public void A_wrong_key_is_refused_with_what_to_write(string keys, string complaint) =>
        AssertOnly(PipelineFile.WithRoot(keys), complaint);

    [Theory]
    [InlineData(TableOk + "; MinRows = 1", "(1,64): Unknown key 'MinRows'; did you mean MinimumRows?")]
    [InlineData(TableOk + "; MinimumRows = '1'", "(1,78): MinimumRows is text; write a whole number from 0 on.")]
    [InlineData(TableOk + "; MinimumRows = -1", "(1,78): MinimumRows is a negative number; write a whole number from 0 on.")]
    [InlineData(
        TableOk + "; MinimumRows = 1.5",
        "(1,78): MinimumRows is a number with a fraction, or too big a one; write a whole number from 0 on.")]
    [InlineData(
        TableOk + "; PublishTogether = $true",
        "(1,64): Unknown key 'PublishTogether'; known are Schema, Table, Sql, SqlFile, MinimumRows, MaximumRows, KeepPrevious, Publish, "
            + "Timeout, Retries, RetryDelay, Transient, ClusterBy, Tags."
    )]
    [InlineData(TableOk + "; MaximumRows = '1'", "(1,78): MaximumRows is text; write a whole number from 0 on.")]
    [InlineData(
        TableOk + "; MinimumRows = 2; MaximumRows = 1",
        "(1,95): MaximumRows is less than MinimumRows, so that no build could be published; write a greater one.")]
    [InlineData(TableOk + "; KeepPrevious = 1", "(1,79): KeepPrevious is a number; write $true or $false.")]
    [InlineData(
        TableOk + "; Timeout = 0",
        "(1,74): Timeout is no time at all; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at "
            + "most 604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = '30'",
        "(1,74): Timeout is text; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
            + "604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = '8.00:00:00'",
        "(1,74): Timeout is too long; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
            + "604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = '25:00:00'",
        "(1,74): Timeout is text; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
            + "604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = -9223372036854775808",
        "(1,74): Timeout is no time at all; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at "
            + "most 604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = -1e300",
        "(1,74): Timeout is no time at all; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at "
            + "most 604800 seconds."
    )]
    [InlineData(
        TableOk + "; Timeout = 1e300",
        "(1,74): Timeout is too long; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
            + "604800 seconds."
    )]
    [InlineData(TableOk + "; Publish = 'Copy'", "(1,74): Publish 'Copy' is unknown; write 'Swap' or 'Clone'.")]
    [InlineData(TableOk + "; Transient = 'yes'", "(1,76): Transient is text; write $true or $false.")]
    [InlineData(
        TableOk + "; ClusterBy = 'a) AS SELECT 1; --'",
        "(1,76): ClusterBy 'a) AS SELECT 1; --' is no list of expressions; write the columns without brackets around them, such as 'month' "
            + "or 'TO_DATE(ts), channel'."
    )]
    [InlineData(
        TableOk + "; ClusterBy = 'month -- the first'",
        "(1,76): ClusterBy 'month -- the first' is no list of expressions; write the columns without brackets around them, such as 'month' "
            + "or 'TO_DATE(ts), channel'."
    )]
    [InlineData(TableOk + "; SqlFile = 'x.sql'", "(1,64): The table has both Sql and SqlFile; remove one.")]
    [InlineData("Schema = 's'; Table = 't'", "(1,16): The table has no SQL; add Sql = @'…'@ or SqlFile = 'file.sql'.")]
    [InlineData("Table = 't'; Sql = 'SELECT 1'", "(1,16): The table has no Schema; add Schema = '…'.")]
    [InlineData("Schema = 's'; Sql = 'SELECT 1'", "(1,16): The table has no Table; add Table = '…'.")]
    [InlineData(
        "Schema = 'a.b.c'; Table = 't'; Sql = 'SELECT 1'",
        "(1,28): 'a.b.c' is not a schema name; write 'schema' or 'database.schema' in letters, digits and _, or in double quotes inside "
            + "the single ones."
    )]
    [InlineData(
        "Schema = 's'; Table = 't; DROP TABLE x--'; Sql = 'SELECT 1'",
        "(1,41): 't; DROP TABLE x--' is not a table name; write it in letters, digits and _, or in double quotes inside the single ones.")]
    [InlineData(
        "Schema = 's'; Table = '\"t'; Sql = 'SELECT 1'",
        "(1,41): '\"t' is not a table name; write it in letters, digits and _, or in double quotes inside the single ones.")]
    [InlineData(
        "Schema = 's\"'; Table = 't'; Sql = 'SELECT 1'",
        "(1,28): 's\"' is not a schema name; write 'schema' or 'database.schema' in letters, digits and _, or in double quotes inside the "
            + "single ones."
    )]
    [InlineData("Schema = 's'; Table = 7; Sql = 'SELECT 1'", "(1,41): Table is a number; write text in single quotes.")]
    [InlineData("Schema = 's'; Table = 't'; Sql = ''", "(1,52): Sql is empty text; write text in single quotes.")]
    [InlineData("Schema = 's'; Table = 't'; Sql = '-- x'", "(1,53): The SQL is empty; write a query that begins with SELECT.")]
    [InlineData(
        "Schema = 's'; Table = 't'; Sql = 'DROP TABLE x'",
        "(1,53): The SQL is not a query; begin it with SELECT, WITH, FROM or VALUES, because it follows CREATE TABLE … AS.")]
    [InlineData(
        "Schema = 's'; Table = 't'; Sql = 'SELECT 1; DROP TABLE x'",
        "(1,63): A second statement begins here; a table is built by one query, so remove it or make it a table of its own.")]
    [InlineData(
        "Schema = 's'; Table = 't'; Sql = @'\nSELECT 1;\n  SELECT 2\n'@",
        "(3,3): A second statement begins here; a table is built by one query, so remove it or make it a table of its own.")]
    [InlineData("Schema = 's'; Table = 't'; Sql = 'SELECT /* 1'", "(1,60): This comment is not closed; end it with */.")]
    [InlineData("Schema = 's'; Table = 't'; SqlFile = 'none.sql'", "(1,46): SqlFile 'none.sql': There is no such file.")]
    [InlineData("Schema = 's'; Table = 't'; SqlFile = '.'", "(1,46): SqlFile '.': This is a folder; name a file.")]
    [InlineData("Schema = 's'; Table = 't'; SqlFile = 1", "(1,56): SqlFile is a number; write text in single quotes.")]
    public void A_wrong_table_is_refused_with_what_to_write(string keys, string complaint) =>
        AssertOnly(PipelineFile.WithTable(keys), complaint);

    [Theory]
    [InlineData("@{ }", "(1,1): There are no tables to build; add Tables = @( @{ Schema = '…'; Table = '…'; Sql = '…' } ).")]
    [InlineData("@{ Tables = 'x' }", "(1,13): Tables is text; write a list of tables @( @{ … } ).")]
    [InlineData("@{ Tables = @() }", "(1,13): Tables is empty; add at least one @{ Schema = '…'; Table = '…'; Sql = '…' }.")]
    [InlineData("@{ Tables = @('x') }", "(1,15): An item of Tables is text; write @{ Schema = '…'; Table = '…'; Sql = '…' }.")]
    public void A_file_without_tables_is_refused(string text, string complaint) => AssertOnly(text, complaint);

    [Theory]
    [InlineData("t", "T", "The name s.T of the table s.T (line 2) is taken by the table s.t (line 1); rename one.")]
    [InlineData(
        "t",
        "temp_t",
        "The name s.temp_t of the table s.temp_t (line 2) is taken by the staging table of s.t (line 1); rename one.")]
    [InlineData(
        "temp_t",
        "t",
        "The name s.temp_t of the staging table of s.t (line 2) is taken by the table s.temp_t (line 1); rename one.")]
    [InlineData("t", "\"T\"", "The name s.\"T\" of the table s.\"T\" (line 2) is taken by the table s.t (line 1); rename one.")]
    public void Tables_that_the_warehouse_takes_for_the_same_are_refused(string first, string second, string message) =>
        AssertOnly(
            $"@{{ Tables = @{{ Schema = 's'; Table = '{first}'; Sql = 'SELECT 1' }},\n@{{ Schema = 'S'; Table = '{second}'; Sql = 'SELECT 1' }} }}".Replace(
                "'S'",
                "'s'",
                StringComparison.Ordinal),
            "(2,26): " + message);

    [Fact]
    public void A_table_that_is_also_a_source_is_refused() => AssertOnly(
        PipelineFile.WithRoot("Sources = @{ 's.t' = 'x.csv' }"),
        "(1,73): The name s.t of the table s.t (line 1) is taken by the source s.t (line 1); rename one.");

    [Fact]
    public void A_cron_expression_of_six_fields_is_refused()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Schedule = '0 0 6 * * *'"));
        Assert.StartsWith(
            "p.psd1(1,15): Schedule '0 0 6 * * *' is no cron expression of five fields, such as '0 6 * * *': ",
            file.Refusal().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void All_complaints_come_at_once_in_the_order_of_the_file()
    {
        using var file = new PipelineFile("@{\n Tables = @( @{ Table = 't' } )\n Nme = 1\n Catchup = 1; Schedule = '@daily'\n}");
        Assert.Equal(
            ["2,14", "2,14", "3,2", "4,12"],
            file.Refusal().Complaints.Select(complaint => $"{complaint.Location.Line},{complaint.Location.Column}"));
    }

    [Fact]
    public void Problems_in_a_SQL_file_are_placed_in_that_file()
    {
        using var file = new PipelineFile(PipelineFile.WithTable("Schema = 's'; Table = 't'; SqlFile = 'sql/x.sql'"));
        file.Folder.File("sql/x.sql", "SELECT 1;\r\n\r\n  DROP TABLE x");
        Assert.StartsWith("sql/x.sql(3,3): A second statement begins here", file.Refusal().Message, StringComparison.Ordinal);
        File.WriteAllBytes(file.Folder.File("sql/x.sql"), [.. Encoding.UTF8.GetBytes("SELECT 1,\n'"), 0xE4, (byte)'\'']);
        Assert.Equal("p.psd1(1,46): SqlFile 'sql/x.sql'(2,2): This is not UTF-8 text; save the file as UTF-8.", file.Refusal().Message);
    }

    [Fact]
    public void No_complaint_shows_a_secret_or_a_long_text()
    {
        using var file = new PipelineFile(
            PipelineFile.WithRoot(
                $"Connections = @{{ a = @{{ Path = 'x'; Token = 'hunter2' }} }}; Schedule = '{new string('x', 1_000_000)}'; Sources = @{{ "
                    + $"'a.b' = '{new string('y', 1_000_000)}' }}"));
        var refusal = file.Refusal();
        Assert.Equal(3, refusal.Complaints.Count);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 1500, refusal.Message);
    }

    [Fact]
    public void Twenty_complaints_are_shown_and_the_rest_are_counted()
    {
        using var file = new PipelineFile("@{ Tables = @(\n" + string.Concat(Enumerable.Repeat("@{ Schema = 's' }\n", 50)) + ") }");
        var refusal = file.Refusal();
        Assert.Equal(100, refusal.Complaints.Count);
        Assert.Equal(21, refusal.Message.Split('\n').Length);
        Assert.EndsWith("\n… and 80 more", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_of_an_unknown_type_from_the_caller_is_refused_as_such()
    {
        using var file = new PipelineFile(PipelineFile.WithTable(TableOk));
        var given = new ConnectionDefinition("x", "Oracle", new Dictionary<string, string>(), file.Folder.Path);
        var refusal = Assert.Throws<EltException>(() => file.Load(context => context with { Connection = given }));
        Assert.Equal(
            (EltErrorKind.InvalidConnection, "There is no warehouse type 'Oracle'; known are DuckDb, Snowflake."),
            (refusal.Kind, refusal.Message));
    }

    private static void AssertOnly(string text, string complaint)
    {
        using var file = new PipelineFile(text);
        Assert.Equal(PipelineFile.Name + complaint, file.Refusal().Message);
    }
}
