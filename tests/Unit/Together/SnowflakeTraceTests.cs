using System.Text.RegularExpressions;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>What a run of tables that are published together sends to Snowflake, and what its plan says.</summary>
public sealed partial class SnowflakeTraceTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline job.psd1 -Connection $connection";

    private readonly SnowflakeAccount _account = new(withSample: false);

    public SnowflakeTraceTests() => Write("Sql = 'SELECT 1 AS n'", "Sql = 'SELECT 2 AS n'");

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void All_are_built_and_checked_before_the_first_is_swapped()
    {
        _account.Run(Run).Succeeded();

        Approved.Matches("together", _account.Trace(() => _account.Run(Run).Succeeded()));
    }

    [Fact]
    public void A_swap_that_is_refused_has_the_one_before_it_put_back()
    {
        _account.Run(Run).Succeeded();
        _account.Catalogue.Refuse(TogetherScene.Swap("b"), "003001", "42501", "SQL access control error:\nInsufficient privileges");

        Approved.Matches("together-put-back", _account.Trace(() => Assert.Single(_account.Run(Run).Errors)));
    }

    [Fact]
    public void A_first_swap_that_is_refused_has_the_one_before_it_renamed_back()
    {
        _account.Catalogue.Refuse(TogetherScene.Swap("b"), "003001", "42501", "SQL access control error:\nInsufficient privileges");

        Approved.Matches("together-first-put-back", _account.Trace(() => Assert.Single(_account.Run(Run).Errors)));

        Assert.Null(_account.Catalogue.Find("analytics.a"));
        Assert.NotNull(_account.Catalogue.Find("analytics.temp_a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("; KeepPrevious = $false")]
    public void A_run_sends_what_its_plan_printed(string options)
    {
        Write($"Sql = 'SELECT 1 AS n'{options}", $"Sql = 'SELECT 2 AS n'{options}");
        for (var run = 0; run < 2; run++)
        {
            var plan = _account.Run($"{Run} -WhatIf").Succeeded().HostText;
            var before = _account.Server.Requests.Count;

            var result = _account.Run(Run).Single<RunResult>();

            var sent = _account
                .Server.Requests.Skip(before)
                .Where(request => !request.Statement!.StartsWith("SELECT", StringComparison.Ordinal));
            Assert.StartsWith("What if: -- stage analytics.a\n", plan, StringComparison.Ordinal);
            Assert.Equal(
                Planned(plan),
                string.Join("\n", sent.Select(request => Placeholders(request.Statement!.TrimEnd() + ";", result))));
        }
    }

    [Fact]
    public void An_undo_of_the_run_brings_all_back()
    {
        _account.Run(Run).Succeeded();
        Write("Sql = 'SELECT 10 AS n'", "Sql = 'SELECT 20 AS n'");
        _account.Run(Run).Succeeded();

        // A run names its connection, and this one is a table of keys: the file's own.
        var before = File.ReadAllText(_account.Folder.File("job.psd1"));
        _account.Folder.File(
            "job.psd1",
            before.Replace(
                "@{ PublishTogether",
                $"@{{ Connection = 'here'; Connections = @{{ here = {_account.Connection} }}; PublishTogether",
                StringComparison.Ordinal));
        _account.Run("Invoke-EltPipeline job.psd1; Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo").Succeeded();

        Assert.Equal("10", _account.Catalogue.Run("SELECT n FROM analytics.a")[0][0]);
        Assert.Equal("20", _account.Catalogue.Run("SELECT n FROM analytics.b")[0][0]);
        Assert.Contains("replaces=", _account.Catalogue.Find("analytics.b")!.Comment, StringComparison.Ordinal);
    }

    private void Write(string a, string b) => _account.Folder.File(
        "job.psd1",
            $"@{{ PublishTogether = $true; Tables = @( @{{ Schema = 'analytics'; Table = 'a'; {a} }}, @{{ Schema = 'analytics'; Table = "
                + $"'b'; {b} }} ) }}");

    // Without what tells the steps apart and the queries of the checks.
    private static string Planned(string plan)
    {
        var steps = plan["What if: -- ".Length..].TrimEnd('\n').Split("\n-- ");
        var changes = steps
            .Where(step => !step.StartsWith("check ", StringComparison.Ordinal))
            .Select(step => step[(step.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        return Guid().Replace(string.Join("\n", changes), Known);
    }

    private static string Placeholders(string sent, RunResult result)
    {
        var text = result.Tables.Aggregate(sent, (text, table) =>
            text.Replace(table.Generation!, "<generation id>", StringComparison.Ordinal));
        return Guid()
            .Replace(
                RowCount().Replace(text.Replace(result.RunId, "<run id>", StringComparison.Ordinal), "row_count = '<row count>'"),
                Known);
    }

    private static string Known(Match match) => match.Value == System.Guid.Empty.ToString() ? match.Value : "<known id>";

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("row_count = '[0-9]+'")]
    private static partial Regex RowCount();
}
