using EltPs.Errors;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class ErrorIdTests
{
    /// <summary>The ids of the cmdlets' own errors, each with a script that meets it.</summary>
    public static TheoryData<string, string> OfCmdlets { get; } = new()
    {
        { "EltNotVerified", "Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection :memory: | Switch-EltTable" },
        { "EltInvalidInput", "'text' | Switch-EltTable" },
        { "EltTableNotFound", "Get-EltTable job.psd1 -Table nowhere" },
        { "EltRunNotFound", "Get-EltRun job.psd1 -Id nowhere" },
        { "EltFileExists", "New-EltPipeline job" },
        { "EltFolderMissing", "New-EltPipeline nowhere/new" },
            {
                "EltFileNotWritten",
                "$null = [System.IO.Directory]::CreateDirectory(($PWD.ProviderPath + '/new.psd1')); New-EltPipeline new -Force"
            },
        { "EltWebhookMissing", "Send-EltSlackAlert 'x' -Webhook env:ELTPS_TESTS_NO_WEBHOOK" },
        { "EltInvalidWebhook", "Send-EltSlackAlert 'x' -Webhook 'http://hooks.slack.com/services/x'" },
            {
                "EltAlertNotDelivered",
                "$env:ELTPS_TESTS_NOWHERE = 'https://hooks.slack.invalid/services/x'; Send-EltSlackAlert 'x' -Webhook "
                    + "env:ELTPS_TESTS_NOWHERE"
            },
            {
                "EltFileExists",
                "[IO.File]::WriteAllText(\"$pwd/scheduled.cron\", 'mine'); Export-EltSchedule scheduled.psd1 Cron -Shell Elt -ShellPath "
                    + "job.psd1"
            },
            {
                "EltFileNotWritten",
                "$null = [IO.Directory]::CreateDirectory(\"$pwd/scheduled.cron\"); Export-EltSchedule scheduled.psd1 Cron -Shell Elt "
                    + "-ShellPath job.psd1"
            },
        { "EltInvalidResultPath", "Invoke-EltPipeline job.psd1 -ResultPath ." },
            {
                "EltResultNotWritten",
                "& { $null = [IO.Directory]::CreateDirectory(\"$pwd/r.json\"); 'job.psd1' } | Invoke-EltPipeline -ResultPath r.json"
            },
    };

    [Theory]
    [MemberData(nameof(OfCmdlets))]
    public void A_cmdlets_own_error_id_is_met(string id, string script)
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        job.WriteText("scheduled.psd1", "@{ Schedule = '@daily'; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");

        var run = job.Run(script);
        var error = Assert.Single(run.Terminating is { } terminating ? [.. run.Errors, terminating] : run.Errors);
        Assert.StartsWith($"{id},EltPs.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_own_id_in_the_table_is_met()
    {
        var own = ErrorTable.Rules.Where(rule => rule.Kind is null).Select(rule => rule.Id);

        Assert.Empty(own.Except(OfCmdlets.Select(row => row.Data.Item1), StringComparer.Ordinal));
    }
}
