using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>Several processes start the same pipeline at once.</summary>
public sealed class OverlapTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Exactly_one_of_the_processes_works_and_the_others_say_which_one(int count)
    {
        using var job = new Job();
        for (var round = 1; round <= Rounds.Of(50, normal: count == 2 ? 3 : 1); round++)
        {
            // The statement waits longer than all others need to end, and leaves them the processors.
            job.Write(("t", LongQuery.Waiting));
            var processes = Enumerable.Range(0, count).Select(_ => EltProcess.Start(job.Folder, "Invoke-EltPipeline job.psd1")).ToList();
            try
            {
                var ends = processes.Select(process => process.EndAsync()).ToList();
                var open = ends.ToList<Task<EltResult>>();
                while (open.Count > 1)
                {
                    var ended = await Task.WhenAny(open).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
                    open.Remove(ended);
                    var result = await ended;
                    Assert.True(result.ExitCode == 3, $"Round {round}: {result.ExitCode} {result.Output}{result.Errors}");
                    Assert.Contains(
                        "locked by another run of this pipeline",
                        result.Errors.ReplaceLineEndings(" "),
                        StringComparison.Ordinal);
                }

                var worker = processes[ends.IndexOf(open[0])];
                var run = new RunHistory(job.State).Read(out _);
                Assert.Equal(round, run.Count);
                Assert.Equal((RunStatus.Running, worker.Id), (run[0].Status, run[0].ProcessId));
                await worker.KillAsync();
            }
            finally
            {
                processes.ForEach(process => process.Dispose());
            }
        }

        // The last holder was killed, and holds nothing.
        job.Write(("t", "SELECT 1 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
    }
}
