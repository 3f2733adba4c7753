using System.Reflection;
using EltPs.Engine.Errors;
using EltPs.Errors;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class ErrorIdTests
{
    /// <summary>The ids of the cmdlets' own errors, each with a script that meets it.</summary>
    public static TheoryData<string, string> OfCmdlets { get; } = new()
    {
        { ErrorIds.NotVerified, "Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection :memory: | Switch-EltTable" },
        { ErrorIds.InvalidInput, "'text' | Switch-EltTable" },
        { ErrorIds.TableNotFound, "Get-EltTable job.psd1 -Table nowhere" },
        { ErrorIds.FileExists, "New-EltPipeline job" },
        { ErrorIds.FolderMissing, "New-EltPipeline nowhere/new" },
            {
                ErrorIds.FileNotWritten,
                "$null = [System.IO.Directory]::CreateDirectory(($PWD.ProviderPath + '/new.psd1')); New-EltPipeline new -Force"
            },
        { ErrorIds.WebhookMissing, "Send-EltSlackAlert 'x' -Webhook env:ELTPS_TESTS_NO_WEBHOOK" },
        { ErrorIds.InvalidWebhook, "Send-EltSlackAlert 'x' -Webhook 'http://hooks.slack.com/services/x'" },
            {
                ErrorIds.AlertNotDelivered,
                "$env:ELTPS_TESTS_NOWHERE = 'https://hooks.slack.invalid/services/x'; Send-EltSlackAlert 'x' -Webhook "
                    + "env:ELTPS_TESTS_NOWHERE"
            },
            {
                ErrorIds.FileExists,
                "[IO.File]::WriteAllText(\"$pwd/scheduled.cron\", 'mine'); Export-EltSchedule scheduled.psd1 Cron -Shell Elt -ShellPath "
                    + "job.psd1"
            },
            {
                ErrorIds.FileNotWritten,
                "$null = [IO.Directory]::CreateDirectory(\"$pwd/scheduled.cron\"); Export-EltSchedule scheduled.psd1 Cron -Shell Elt "
                    + "-ShellPath job.psd1"
            },
        { ErrorIds.InvalidResultPath, "Invoke-EltPipeline job.psd1 -ResultPath ." },
            {
                ErrorIds.ResultNotWritten,
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
    public void Every_constant_is_the_id_of_an_engine_error_or_of_a_cmdlets_own()
    {
        var constants = typeof(ErrorIds)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetValue(null)!);
        var used = Enum.GetValues<EltErrorKind>().Select(ErrorIds.Of).Concat(OfCmdlets.Select(row => row.Data.Item1)).Distinct();

        Assert.Equal(used.Order(StringComparer.Ordinal), constants.Order(StringComparer.Ordinal));
    }
}
