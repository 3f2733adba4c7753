using EltPs.Engine.Alerts;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>
/// Tables that are published together may be in a step, and fail, several at once: an alert is about the one that the run stopped at.
/// </summary>
public sealed class TogetherAlertTests : IAsyncDisposable
{
    private readonly AlertJob _job = new();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Fact]
    public void A_run_that_died_between_its_swaps_is_told_with_the_table_that_it_died_at()
    {
        Write("Description = 'nobody is told'");
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        CutAfterSecondSwapBegan(DeadRun.Read(_job)[0].JournalPath);
        Write(AlertJob.Alerts);

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Collection(
            _job.Messages.Select(message => message["text"]!.GetValue<string>()),
            text => Assert.Matches("^job was interrupted: analytics.b, publish: .* in step publish of analytics.b\\.", text),
            text => Assert.EndsWith(": analytics.b, publish, interrupted", text, StringComparison.Ordinal));
        Assert.Contains("```\\n2 interrupted, 1 skipped\\n```", _job.Server.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_attempt_of_a_run_that_died_are_of_that_table()
    {
        var run = Runs.Interrupted with
        {
            Tables =
            [
                new("analytics.a", "hash") { Step = EltStep.Publish, Rows = 10, Attempts = 1 },
                new("analytics.b", "hash") { Step = EltStep.Publish, Rows = 20, Attempts = 2 },
                new("analytics.c", "hash") { Step = EltStep.Publish, Status = TableStatus.Unknown },
                new("analytics.d", "hash") { Rows = 40, Attempts = 1 },
            ],
        };
        run = run with { Tables = [run.Tables[2], run.Tables[0], run.Tables[1], run.Tables[3]] };

        var alert = AlertOf.JournaledRun(run, settings: null);

        Assert.Equal(("analytics.b", "publish", 20, "2"), (alert.Table, alert.Step, alert.Rows, alert.Attempt));
        Assert.Equal(["2 interrupted, 1 unknown, 1 skipped"], alert.Tables);
        Assert.Equal("analytics.b, publish, interrupted", KnownFailure.Of(run).What);
    }

    [Fact]
    public void A_run_of_unknown_outcome_is_told_with_what_belongs_to_its_failed_table()
    {
        var other = Results.Table("a", TableStatus.Unknown, 10) with { FailedStep = EltStep.Publish, Attempts = 1 };
        var failed = Results.Table("b", TableStatus.Unknown, 20) with
        {
            FailedStep = EltStep.Publish,
            Attempts = 2,
            FailedAttempts = [Attempt("refused")],
        };
        var result = Results.Run(RunStatus.Unknown, Results.Slack()) with
        {
            Error = new EltException(EltErrorKind.Unknown, "No answer came."),
            FailedTable = failed.Table,
            FailedStep = EltStep.Publish,
            Tables = [other, failed],
        };

        var alert = AlertOf.Run(result, Results.Context);

        Assert.Equal(("analytics.b", 20, "2 of 2"), (alert.Table, alert.Rows, alert.Attempt));
        Assert.Contains("refused", Assert.Single(alert.EarlierErrors), StringComparison.Ordinal);
        Assert.Equal(10, AlertOf.Run(result with { FailedTable = null }, Results.Context).Rows);
    }

    private static FailedAttempt Attempt(string error) =>
        new(1, new EltException(EltErrorKind.StatementFailed, error), TimeSpan.FromSeconds(30));

    // What a kill leaves when the second table is being swapped and the first one waits for it.
    private static void CutAfterSecondSwapBegan(string journal)
    {
        var lines = File.ReadAllLines(journal);
        var swaps = 0;
        var kept = lines
            .TakeWhile(line => swaps < 2 && (swaps += Is(line, "stepStarted") ? 1 : 0) <= 2 && !Is(line, "stepFinished"))
            .ToList();
        Assert.Equal(2, kept.Count(line => Is(line, "stepStarted")));
        File.WriteAllLines(journal, kept);
    }

    private static bool Is(string line, string happening) =>
        line.Contains($"\"{happening}\"", StringComparison.Ordinal) && line.Contains("\"step\":\"Publish\"", StringComparison.Ordinal);

    private void Write(string alerts) => _job.Job.WriteText("job.psd1", $$"""
        @{
            Name = 'job'; PublishTogether = $true; {{alerts}}
            Tables = @(
                @{ Schema = 'analytics'; Table = 'a'; Sql = 'SELECT 1 AS n' }
                @{ Schema = 'analytics'; Table = 'b'; Sql = 'SELECT 1 AS n' }
                @{ Schema = 'analytics'; Table = 'c'; Sql = 'SELECT 1 AS n' }
            )
        }
        """);
}
