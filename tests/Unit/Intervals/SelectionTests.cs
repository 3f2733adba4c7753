using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using Xunit;

namespace EltPs.Tests.Intervals;

public sealed class SelectionTests
{
    private const string File =
        """
        @{
            Tags = @('ELT')
            Tables = @(
                @{ Schema = 'analytics'; Table = 'mau'; Tags = @('daily', 'it''s; DROP TABLE x --'); Sql = 'SELECT 1 AS n' }
                @{ Schema = 'analytics'; Table = 'dau'; Tags = @('daily'); Sql = 'SELECT 2 AS n' }
                @{ Schema = 'other'; Table = 'mau'; Sql = 'SELECT 3 AS n' }
            )
        }
        """;

    [Theory]
    [InlineData("-Table analytics.mau", "analytics.mau")]
    [InlineData("-Table mau", "analytics.mau, other.mau")]
    [InlineData("-Table 'analytics.*'", "analytics.mau, analytics.dau")]
    [InlineData("-Table 'O*', dau", "analytics.dau, other.mau")]
    [InlineData("-Tag daily", "analytics.mau, analytics.dau")]
    [InlineData("-Tag elt", "analytics.mau, analytics.dau, other.mau")]
    [InlineData("-Tag 'd*' -Table '*.mau'", "analytics.mau")]
    [InlineData("-Tag 'it''s; DROP TABLE x --'", "analytics.mau")]
    public void Tables_are_chosen_by_name_and_by_tag_and_built_in_the_files_order(string arguments, string tables)
    {
        using var job = Write(File);

        var result = job.Run($"Invoke-EltPipeline some.psd1 {arguments}").Single<RunResult>();

        Assert.Equal(tables, string.Join(", ", result.Tables.Select(table => table.Table)));
        Assert.All(result.Tables, table => Assert.Equal(TableStatus.Published, table.Status));
    }

    [Theory]
    [InlineData("-Tag nonsense", "its tags are daily, it's; DROP TABLE x --, ELT")]
    [InlineData("-Table '*nonsense*'", "its tables are analytics.mau, analytics.dau, other.mau")]
    public void A_choice_of_nothing_does_nothing_and_says_what_there_is(string arguments, string known)
    {
        using var job = Write(File);
        var before = job.Snapshot();

        var run = job.Run($"Invoke-EltPipeline some.psd1 {arguments}");

        Assert.Equal(RunStatus.NothingToDo, run.Single<RunResult>().Status);
        Assert.Contains(known, run.Single<RunResult>().Message, StringComparison.Ordinal);
        Assert.Empty(run.Warnings);
        Assert.Equal(before, job.Snapshot());
    }

    [Fact]
    public void A_name_without_wildcards_that_no_table_has_is_an_error()
    {
        using var job = Write(File);

        job.Run("Invoke-EltPipeline some.psd1 -Table mau, aep").FailedWith("EltTableNotFound,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Empty(job.Database.Names());
    }

    [Fact]
    public void Tables_that_are_published_together_cannot_be_chosen_from()
    {
        using var job = Write(File.Replace("Tags = @('ELT')", "PublishTogether = $true", StringComparison.Ordinal));

        var error = job.Run("Invoke-EltPipeline some.psd1 -Tag daily")
            .FailedWith("EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains("-Table and -Tag would publish a part", error.Exception.Message, StringComparison.Ordinal);
        job.Run("Invoke-EltPipeline some.psd1 -Table '*'").Succeeded();
    }

    [Theory]
    [InlineData("Invoke-EltPipeline some.psd1 -Tag da", "daily")]
    [InlineData("Invoke-EltPipeline some.psd1 -Tag it", "'it''s; DROP TABLE x --'")]
    [InlineData("Invoke-EltPipeline some.psd1 -Table other", "other.mau")]
    public void Names_and_tags_are_completed_from_the_file(string line, string completion)
    {
        using var job = Write(File);

        var run = job.Run(
                $"[System.Management.Automation.CommandCompletion]::CompleteInput({Quote(line)}, {line.Length}, "
                    + "$null).CompletionMatches.CompletionText")
            .Succeeded();

        Assert.Equal([completion], run.Output);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("'; DROP TABLE analytics.t; --")]
    [InlineData("\" */ /* -- \n $$ {{ ds }} {{ '{{' }}")]
    [InlineData("\u2018\u2019 \u00fc \U0001F986 \u202e")]
    [InlineData("\\' \\\\ %s $env:PATH $(1+1) `n")]
    public void A_given_variable_changes_nothing_but_the_literal_that_it_stands_for(string value)
    {
        using var job = Write(
            "@{ Variables = @{ word = 'x' }; Tables = @(@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT {{ word }} AS plain, ''<{{ "
                + "word }}>'' AS quoted, 2 AS n' }) }");
        using var session = job.Session();

        session.Run($"Invoke-EltPipeline some.psd1 -Variable @{{ word = {Quote(value)} }}").Succeeded();

        var database = new EltPs.Tests.Support.DatabaseFile(Path.Combine(job.Folder, "some.duckdb"));
        Assert.Equal([$"{value}|<{value}>|2"], database.Rows("SELECT * FROM analytics.t"));
        Assert.Equal(["analytics.t"], database.Names());
    }

    [Theory]
    [InlineData("@{ wrod = 1 }", "There is no variable 'wrod'; the file's are word.")]
    [InlineData("@{ ds = '2025-01-10' }", "is a value of the run itself")]
    [InlineData("@{ word = @{} }", "The variable word is a Hashtable")]
    public void A_variable_that_nothing_would_use_or_sql_cannot_hold_is_an_error(string variable, string message)
    {
        using var job = Write(
            "@{ Variables = @{ word = 'x' }; Tables = @(@{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT {{ word }} AS n' }) }");

        var error = job.Run($"Invoke-EltPipeline some.psd1 -Variable {variable}")
            .FailedWith("EltInvalidVariable,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    private static Job Write(string text)
    {
        var job = new Job();
        job.WriteText("some.psd1", text);
        return job;
    }

    // PowerShell takes typographic quotes for its own.
    private static string Quote(string text)
    {
        const string Quotes = "'\u2018\u2019\u201a\u201b";
        return $"'{string.Concat(text.Select(letter => new string(letter, Quotes.Contains(letter, StringComparison.Ordinal) ? 2 : 1)))}'";
    }
}
