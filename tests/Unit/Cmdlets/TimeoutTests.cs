using System.Diagnostics;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

[Collection(Alone.Name)]
public sealed class TimeoutTests
{
    private const string File = "@{ Timeout = 1; Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = '" + LongQuery.Sql + "' } ) }";

    [Fact]
    public void A_table_that_takes_longer_than_its_timeout_is_interrupted_and_the_run_has_failed()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        LongQuery.Prepare(job.Database);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.WriteText("job.psd1", File);
        var started = Stopwatch.GetTimestamp();

        var run = job.Run("Invoke-EltPipeline job.psd1");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal(RunStatus.Failed, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        var message = run.FailedWith("EltTimeout,EltPs.Commands.InvokeEltPipelineCommand").Exception.Message;
        Assert.StartsWith(
            "analytics.t: stage failed (SQL at job.psd1(1,74)): it did not end within 00:00:01 and was cancelled.",
            message,
            StringComparison.Ordinal);
        Assert.Contains("\nThe published table was left as it was. Give it longer", message, StringComparison.Ordinal);
        Assert.EndsWith(" Run again.", message, StringComparison.Ordinal);
        Assert.Equal(["1"], job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public void A_single_cmdlet_is_bound_by_it_too()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        LongQuery.Prepare(job.Database);
        job.WriteText("job.psd1", File);

        var error = job.Run("Get-EltTable job.psd1 | Invoke-EltCtas").FailedWith("EltTimeout,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Contains("\nanalytics.t was not created. Give it longer", error.Exception.Message, StringComparison.Ordinal);
    }
}
