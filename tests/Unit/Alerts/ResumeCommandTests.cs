using System.Net;
using System.Text.Json.Nodes;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>The line of a message that goes on with a run, taken out of what arrived and run as it is, elsewhere.</summary>
public sealed class ResumeCommandTests : IAsyncDisposable
{
    private readonly AlertJob _job = new();
    private readonly TemporaryFolder _elsewhere = new();

    public async ValueTask DisposeAsync()
    {
        await _job.DisposeAsync();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("", "job.duckdb")]
    [InlineData("-StatePath \"state of it’s own\"", "job.duckdb")]
    [InlineData("-Connection other.duckdb", "other.duckdb")]
    [InlineData("-Connection @{ Type = 'DuckDb'; Path = 'other.duckdb' } -StatePath state", "other.duckdb")]
    public void It_goes_on_with_the_run_in_any_folder(string parameters, string database)
    {
        var failed = Fail($"Invoke-EltPipeline job.psd1 {parameters} -ErrorAction SilentlyContinue");

        var line = LineOf(Assert.Single(_job.Messages));
        Mend();
        var resumed = ScriptExecutor.RunIn(_elsewhere.Path, line).Single<RunResult>();

        Assert.Equal((RunStatus.Succeeded, failed.RunId), (resumed.Status, resumed.ResumedFrom));
        Assert.Equal([TableStatus.UpToDate, TableStatus.Published], resumed.Tables.Select(table => table.Status));
        Assert.Equal([database], Directory.GetFiles(_job.Job.Folder, "*.duckdb").Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere.Path));
    }

    [Fact]
    public async Task It_names_the_state_folder_that_a_variable_named()
    {
        Write("SELECT nonsense");
        using var elt = EltProcess.Start(
            _job.Job.Folder,
            new Dictionary<string, string> { ["ELTPS_STATE"] = Path.Combine(_elsewhere.Path, "state of `$all`") },
            ["(Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue).RunId"]);
        var failed = Assert.Single((await elt.EndAsync()).Lines);

        Mend();
        var resumed = _job.Job.Run(LineOf(Assert.Single(_job.Messages))).Single<RunResult>();

        Assert.Equal((RunStatus.Succeeded, failed), (resumed.Status, resumed.ResumedFrom));
    }

    [Fact]
    public void Sent_by_hand_it_is_the_same_from_the_result_from_the_error_and_from_the_journal()
    {
        Write("SELECT nonsense");
        _job.Run(
            """
            $r = Invoke-EltPipeline job.psd1 -StatePath state -ErrorVariable e -ErrorAction SilentlyContinue
            $r | Send-EltSlackAlert
            $e | Send-EltSlackAlert
            Get-EltRun job.psd1 -Last 1 -StatePath state | Send-EltSlackAlert
            """);

        Assert.Equal(4, _job.Messages.Count);
        Assert.Single(_job.Messages.Select(LineOf).Distinct());
        Assert.Contains("-StatePath", LineOf(_job.Messages[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_run_without_a_journal_it_runs_the_pipeline_anew()
    {
        _job.Job.WriteText(".eltps", "in the way");
        _job.Run("Invoke-EltPipeline job.psd1 -Connection other.duckdb -ErrorAction SilentlyContinue");

        var line = LineOf(Assert.Single(_job.Messages));
        Mend();
        var again = ScriptExecutor.RunIn(_elsewhere.Path, line).Single<RunResult>();

        Assert.DoesNotContain("-Resume", line, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Succeeded, null), (again.Status, again.ResumedFrom));
        Assert.False(File.Exists(_job.Job.Database.Path));
    }

    [Fact]
    public async Task A_connection_of_keys_and_values_is_not_told_and_has_to_be_given_again()
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File("webhook.txt", _job.Server.Address);
        account.Folder.File(
            "job.psd1",
            $"@{{ {AlertJob.Alerts}; Tables = @( @{{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' }} ) }}");
        var refused = new Fault.Status(422)
        {
            VendorCode = "002003",
            SqlState = "42S02",
            Message = "no such object",
        };
        account.Server.Faults.On("CREATE OR REPLACE TABLE analytics.temp_t", refused);
        account.Run(
            "Invoke-EltPipeline job.psd1 -Connection $connection -ErrorAction SilentlyContinue; Get-EltRun job.psd1 -Last 1 | "
                + "Send-EltSlackAlert");

        var line = LineOf(_job.Messages[0]);
        var resumed = account.Run(line).Single<RunResult>();

        Assert.EndsWith("-Resume -Connection $connection  # as it was given to the run", line, StringComparison.Ordinal);
        Assert.Equal(line, LineOf(_job.Messages[1]));
        Assert.Equal(RunStatus.Succeeded, resumed.Status);
        Assert.NotNull(resumed.ResumedFrom);
    }

    // As Slack shows it: only these three are escaped.
    private static string LineOf(JsonNode message)
    {
        const string Before = "*Next command*\n```\n";
        var text = message["blocks"]!
            .AsArray()
            .Select(block => block!["text"]?["text"]?.GetValue<string>() ?? string.Empty)
            .Single(text => text.StartsWith(Before, StringComparison.Ordinal));
        return WebUtility.HtmlDecode(text[Before.Length..^"\n```".Length]);
    }

    private RunResult Fail(string script)
    {
        Write("SELECT nonsense");
        return Assert.IsType<RunResult>(Assert.Single(_job.Run(script).Output));
    }

    private void Mend() => Write("SELECT 2 AS n");

    private void Write(string sql) => _job.Job.WriteText(
        "job.psd1",
        $$"""
        @{ Name = 'job'; {{AlertJob.Alerts}}; Tables = @(
            @{ Schema = 'analytics'; Table = 'a'; Sql = 'SELECT 1 AS n' }
            @{ Schema = 'analytics'; Table = 'b'; Sql = '{{sql}}' }
        ) }
        """);
}
