using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Leaves behind what a run leaves that is killed at its work.</summary>
internal static class DeadRun
{
    /// <summary>
    /// Starts a run whose only table never ends to be built, kills its process at that, and gives what its journal tells.
    /// </summary>
    public static async Task<JournaledRun> KilledAsync(AlertJob job, string alerts = AlertJob.Alerts)
    {
        job.Write(LongQuery.Waiting, alerts);
        using (var elt = EltProcess.Start(job.Job.Folder, "Invoke-EltPipeline job.psd1"))
        {
            var deadline = DateTime.UtcNow.AddMinutes(1);
            while (!HasBegun(job))
            {
                Assert.True(DateTime.UtcNow < deadline, "The run did not begin to build its table.");
                await Task.Yield();
            }

            await elt.KillAsync();
        }

        var dead = Read(job)[0];
        Assert.Equal(RunStatus.Interrupted, dead.Status);
        job.Write("SELECT 1 AS n", alerts);
        return dead;
    }

    /// <summary>Runs the pipeline to its end, and cuts its journal as a kill in the middle of the build would have.</summary>
    public static JournaledRun Cut(AlertJob job)
    {
        job.Write("SELECT 1 AS n", alerts: "Description = 'nobody is told'");
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var path = Read(job)[0].JournalPath;
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(
            path,
            lines.TakeWhile(line =>
                !line.Contains("\"step\":\"Check\"", StringComparison.Ordinal)
                && !(line.Contains("stepFinished", StringComparison.Ordinal) && line.Contains("Stage", StringComparison.Ordinal))));
        job.Write("SELECT 1 AS n");
        return Read(job)[0];
    }

    public static IReadOnlyList<JournaledRun> Read(AlertJob job) =>
        new RunHistory(job.Job.State).Read(out _);

    private static bool HasBegun(AlertJob job) => Read(job).Any(run => run.Tables.Any(table => table.Generation is not null));
}
