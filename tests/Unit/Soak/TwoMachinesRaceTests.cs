using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>Two machines run one pipeline at once: each has a state folder of its own, so that no lock keeps them apart.</summary>
public sealed class TwoMachinesRaceTests
{
    private static readonly string[] Refusals =
    [
        "EltStagingChanged,EltPs.Commands.InvokeEltPipelineCommand",
        "EltPublishedChanged,EltPs.Commands.InvokeEltPipelineCommand",
    ];

    [Fact]
    public async Task No_run_publishes_the_others_staging_table()
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File("job.psd1", "@{ Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");
        var rounds = Rounds.Of(100);
        var met = 0;
        var published = new List<string?>();

        // On a busy machine one may be done before the other begins: then more rounds are needed for the two to meet at all.
        for (var round = 1; round <= rounds || (met == 0 && round <= 20 * rounds); round++)
        {
            var runs = await Task.WhenAll(Run(account, "one"), Run(account, "two"));
            var results = runs.Select(run => Assert.IsType<RunResult>(Assert.Single(run.Output))).ToList();
            foreach (var (run, result) in runs.Zip(results).Where(pair => !pair.Second.IsSuccess))
            {
                met++;
                Assert.True(Refusals.Contains(Assert.Single(run.Errors).FullyQualifiedErrorId), run.Errors[0].ToString());
                Assert.Equal(TableStatus.Failed, result.Tables[0].Status);
            }

            // Each can be in the other's way so that neither publishes; then the table is that of an earlier round, or there is none yet.
            published.AddRange(results.Where(result => result.IsSuccess).Select(result => result.Tables[0].Generation));
            if (published.Count == 0)
            {
                continue;
            }

            Assert.Equal(1, account.Rows("analytics.t"));
            var comments = account.Catalogue.Run("SELECT comment FROM information_schema.tables WHERE table_name = 'T'")[0][0];
            Assert.Contains(published, generation => comments!.Contains($"generation={generation} ", StringComparison.Ordinal));
        }

        Assert.True(met > 0, "The two never met: this proves nothing.");
        Assert.True(published.Count >= rounds / 2, $"In {rounds} rounds only {published.Count} runs published.");
    }

    private static Task<ScriptRun> Run(SnowflakeAccount account, string state) =>
        Task.Run(
            () => account.Run($"Invoke-EltPipeline job.psd1 -Connection $connection -StatePath {state}"),
            TestContext.Current.CancellationToken);
}
