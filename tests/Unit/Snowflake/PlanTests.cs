using System.Text.RegularExpressions;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>-WhatIf prints what a run then sends, word for word, and sends nothing but queries itself.</summary>
public sealed partial class PlanTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline mau.psd1 -Connection $connection";
    private const string Table = "Get-EltTable mau.psd1 -Connection $connection";

    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("; Publish = 'Clone'")]
    [InlineData("; KeepPrevious = $false")]
    [InlineData("; Transient = $true; ClusterBy = 'month', 'mau'")]
    public void A_run_sends_what_its_plan_printed(string options)
    {
        _account.Replace("MinimumRows = 1", $"MinimumRows = 1{options}");
        for (var run = 0; run < 3; run++)
        {
            var plan = Plan($"{Run} -WhatIf");

            var (sent, output) = Sent(Run);

            var result = Assert.IsType<RunResult>(output);
            var table = Assert.Single(result.Tables);
            Assert.Equal(plan, Placeholders(sent, table.Generation!, result.RunId));
        }
    }

    [Fact]
    public void Each_step_sends_what_its_plan_printed()
    {
        _account.Run(Run).Succeeded();

        var plan = Plan($"{Table} | Invoke-EltCtas -WhatIf");
        var (sent, output) = Sent($"{Table} | Invoke-EltCtas");
        var staged = Assert.IsType<StagedTable>(output);
        Assert.Equal(plan, Placeholders(sent, staged.Generation, staged.RunId));

        plan = Plan($"{Table} | Switch-EltTable -WhatIf");
        (sent, _) = Sent($"{Table} | Switch-EltTable");
        Assert.Equal(plan, Placeholders(sent, staged.Generation, staged.RunId));

        plan = Plan($"{Table} | Switch-EltTable -Undo -WhatIf");
        (sent, _) = Sent($"{Table} | Switch-EltTable -Undo");
        Assert.Equal(plan, sent);
    }

    // The text that is printed, without what tells the steps apart and the query of the check.
    private string Plan(string script)
    {
        var (requests, effects) = (_account.Server.Requests.Count, _account.Catalogue.Effects.Count);

        var run = _account.Run(script).Succeeded();

        Assert.Empty(run.Output);
        Assert.Equal(effects, _account.Catalogue.Effects.Count);
        Assert.All(_account.Server.Requests.Skip(requests), request =>
            Assert.StartsWith("SELECT", request.Statement, StringComparison.Ordinal));
        var shown = run.HostText[
            (
                run.HostText.StartsWith("What if: -- for the interval ", StringComparison.Ordinal)
                    ? run.HostText.IndexOf('\n', StringComparison.Ordinal) + 1
                    : 0)..
        ];
        Assert.StartsWith("What if: -- ", shown, StringComparison.Ordinal);
        var steps = shown["What if: -- ".Length..].TrimEnd('\n').Split("\n-- ");
        return string.Join(
            "\n",
            steps
                .Where(step => !step.StartsWith("check\n", StringComparison.Ordinal))
                .Select(step => step[(step.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
    }

    private (string Sent, object Output) Sent(string script)
    {
        var before = _account.Server.Requests.Count;
        var run = _account.Run(script).Succeeded();
        var changes = _account
            .Server.Requests.Skip(before)
            .Where(request => !request.Statement!.StartsWith("SELECT", StringComparison.Ordinal));
        return (string.Join("\n", changes.Select(Text)), Assert.Single(run.Output));
    }

    // A statement begins on a line of its own, and a line break before its semicolon is nobody's business.
    private static string Text(LoggedRequest request) => request.Statement!.TrimEnd() + ";";

    private static string Placeholders(string sent, string generation, string runId) =>
        RowCount().Replace(
            sent.Replace(generation, "<generation id>", StringComparison.Ordinal).Replace(runId, "<run id>", StringComparison.Ordinal),
            "row_count = '<row count>'");

    [GeneratedRegex("row_count = '[0-9]+'")]
    private static partial Regex RowCount();
}
