using EltPs.Tests.PipelineFiles;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>Placeholders in a pipeline file's SQL, as they are judged when it is read.</summary>
public sealed class FileSqlTests
{
    [Theory]
    [InlineData("SELECT {{ dz }}", "(1,60): Nothing is named 'dz' here; did you mean {{ ds }}?")]
    [InlineData("SELECT {{ chanel }}", "(1,60): Nothing is named 'chanel' here; did you mean {{ channel }}?")]
    [InlineData(
        "SELECT {{ something_else_altogether }}",
        "(1,60): Nothing is named 'something_else_altogether' here; known are ds, ds_nodash, data_interval_start, data_interval_end, "
            + "run_id, channel, names. One of your own belongs under Variables."
    )]
    [InlineData("SELECT {{ logical_date }}", "(1,60): Nothing is named 'logical_date' here; write {{ data_interval_start }}.")]
    [InlineData(
        "SELECT {{ yesterday_ds }}",
        "(1,60): Nothing is named 'yesterday_ds' here; reckon in SQL, as {{ ds }} - INTERVAL '1 day'.")]
    [InlineData("SELECT {{ ds | upper }}", "(1,60): 'ds | upper' cannot stand between {{ and }}. There are no filters;")]
    [InlineData("SELECT a_{{ ds }}", "(1,62): {{ ds }} becomes a literal, and something stands right against it.")]
    [InlineData("SELECT {{ names }}", "(1,60): {{ names }} is a list, and a list stands alone in brackets; write IN ({{ names }}).")]
    [InlineData("SELECT {{ ds }}; SELECT {{ ds }}", "(1,70): A second statement begins here;")]
    [InlineData("{{ channel }}", "(1,53): The SQL is not a query;")]
    public void SQL_that_cannot_be_filled_in_is_refused_with_its_place(string sql, string complaint)
    {
        using var file = new PipelineFile(Inline(sql));
        Assert.StartsWith(PipelineFile.Name + complaint, file.Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_unknown_name_is_told_at_its_line()
    {
        using var file = new PipelineFile(
            "@{ Tables = @( @{ Schema = 's'; Table = 't'; Sql = @'\nSELECT {{ x }},\n  '{{ y }}' -- {{ z }}\n'@ } ) }");
        Assert.Equal(["p.psd1(2,8)", "p.psd1(3,4)"], file.Refusal().Complaints.Select(complaint => complaint.Location.ToString()));
    }

    [Fact]
    public void In_a_file_of_its_own_the_place_is_that_files()
    {
        using var file = new PipelineFile(PipelineFile.WithTable("Schema = 's'; Table = 't'; SqlFile = 'q.sql'"));
        file.Folder.File("q.sql", "-- a\nSELECT\n  {{ x }}");
        Assert.Equal("q.sql(3,3)", Assert.Single(file.Refusal().Complaints).Location.ToString());
    }

    [Fact]
    public void Placeholders_and_brackets_hide_nothing_from_the_other_checks()
    {
        using var file = new PipelineFile(
            Inline("SELECT '{{ '{{' }};' AS a, {{ ds }} AS d, \"{{ channel }}\" FROM \"events_{{ ds_nodash }}\"; -- done {{ ds"));
        var table = Assert.Single(file.Load().Tables);
        Assert.Equal("SELECT '{{ '{{' }};' AS a, {{ ds }} AS d, \"{{ channel }}\" FROM \"events_{{ ds_nodash }}\"", table.Sql);
        Assert.Equal(["channel"], table.Variables.Keys);
    }

    [Fact]
    public void SQL_is_a_template_as_its_warehouse_reads_it()
    {
        const string Connection =
            "Connection = 'sf'; Connections = @{ sf = @{ Account = 'a-b'; User = 'u'; Authenticator = 'OAUTH'; Token = 'env:T' } }; ";
        using var file = new PipelineFile(
            "@{ " + Connection + @"Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1 // {{ ds | x }}' } ) }");
        Assert.Single(file.Load().Tables);
        using var backslash = new PipelineFile(
            "@{ " + Connection + @"Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT ''\{{ ds }}''' } ) }");
        Assert.Contains("A backslash before {{ ds }}", backslash.Refusal().Message, StringComparison.Ordinal);
    }

    private static string Inline(string sql) =>
        $"@{{ Tables = @( @{{ Schema = 's'; Table = 't'; Sql = '{sql.Replace("'", "''", StringComparison.Ordinal)}' }} ); Variables = @{{ "
            + $"channel = 'web'; names = 'a', 'b' }} }}";
}
