using System.Text.RegularExpressions;
using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake;
using Xunit;
using ScriptRun = EltPs.Tests.Support.ScriptRun;

namespace EltPs.Tests.Soak;

/// <summary>
/// elt is killed while a statement of its run is under way in Snowflake, those within a block too, and one command goes on.
/// </summary>
public sealed partial class SnowflakeKillTests
{
    // Normally every twentieth statement of a run, another one in each case; in full every one.
    private static readonly int Step = Rounds.Step(20);

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 4)]
    [InlineData(true, false, 10)]
    [InlineData(true, true, 14)]
    public async Task Whichever_statement_a_run_is_killed_at_a_resume_ends_it_and_each_effect_is_there_once(
        bool afterEffect,
        bool endsLate,
        int start)
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File(
            "job.psd1",
            "@{ Tables = @( @{ Schema = 'analytics'; Table = 'a'; Sql = 'SELECT 1 AS n' }, @{ Schema = 'analytics'; Table = 'b'; Sql = "
                + "'SELECT n + 1 AS n FROM analytics.a' } ) }");
        account.Run("Invoke-EltPipeline job.psd1 -Connection $connection").Succeeded();
        var moments = 0;
        for (var moment = start % Step; await KillAsync(account, moment, afterEffect, endsLate); moment += Step)
        {
            moments++;
        }

        Assert.True(moments >= 20 / Step, $"{moments} moments");
    }

    // False when a run has no such statement any more.
    private static async Task<bool> KillAsync(SnowflakeAccount account, int moment, bool afterEffect, bool endsLate)
    {
        var effects = account.Catalogue.Effects.Count;
        var seen = 0;
        using var hold = account.Catalogue.Hold(_ => Interlocked.Increment(ref seen) == moment + 1, afterEffect);
        using (var elt = EltProcess.Start(account.Folder.Path, account.Script("Invoke-EltPipeline job.psd1 -Connection $connection")))
        {
            var ended = elt.EndAsync();
            if (await Task.WhenAny(hold.Reached, ended).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken) == ended)
            {
                return false;
            }

            await elt.KillAsync();
        }

        var run = await ResumeAsync(account, hold, endsLate);
        var result = Assert.IsType<RunResult>(Assert.Single(run.Output));
        if (!result.IsSuccess)
        {
            // What the dead run had under way took effect behind the compare of this one: it is told, and the same command goes on.
            Assert.True(endsLate, $"moment {moment}: {result.Error}");
            Assert.Matches("^Elt(StagingChanged|PublishedChanged|AlreadyPublished),", Assert.Single(run.Errors).FullyQualifiedErrorId);
            result = account.Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume").Single<RunResult>();
        }

        Assert.True(result.IsSuccess, $"moment {moment}: {result.Error}");
        EnsureOnce([.. account.Catalogue.Effects.Skip(effects)], moment);
        foreach (var (table, rows) in new[] { ("analytics.a", "1"), ("analytics.b", "2") })
        {
            Assert.Equal(rows, Assert.Single(account.Catalogue.Run($"SELECT n FROM {table}"))[0]);
            var generation = result.Tables.Single(built => built.Table.ToString() == table).Generation;
            Assert.Contains($"generation={generation} ", account.Catalogue.Find(table)!.Comment, StringComparison.Ordinal);
        }

        EnsureNothingLeft(account, endsLate, moment);
        return true;
    }

    private static async Task<ScriptRun> ResumeAsync(SnowflakeAccount account, Snowflake.StandIn.StatementHold hold, bool endsLate)
    {
        if (!endsLate)
        {
            hold.Release();
            await account.Server.AllEndedAsync();
            return Resume(account);
        }

        var before = account.Server.Requests.Count;
        account.Server.Received = _ =>
        {
            // While the resumed run is under way already.
            if (account.Server.Requests.Count > before + 4)
            {
                hold.Release();
            }
        };
        try
        {
            return await Task.Run(() => Resume(account), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        finally
        {
            account.Server.Received = null;
            hold.Release();
            await account.Server.AllEndedAsync();
        }
    }

    private static ScriptRun Resume(SnowflakeAccount account) => account.Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume");

    // A block whose client died can meet the staging table of the next run when it gives its own the name back; then nobody is there to be
    // told.
    private static void EnsureNothingLeft(SnowflakeAccount account, bool endsLate, int moment)
    {
        var left = account.Catalogue.Run("SELECT table_schema, table_name FROM information_schema.tables")
            .Where(row => row[1]!.StartsWith("eltps_", StringComparison.Ordinal))
            .Select(row => $"{row[0]}.\"{row[1]}\"")
            .ToList();
        Assert.True(endsLate || left.Count == 0, $"moment {moment}: {string.Join(", ", left)} is left.");
        left.ForEach(table => account.Catalogue.Run($"DROP TABLE {table}"));
    }

    // Each build and each swap of a generation took effect once, or not at all.
    private static void EnsureOnce(IReadOnlyList<string> effects, int moment)
    {
        var builds = effects
            .Where(effect => effect.StartsWith("CREATE OR REPLACE", StringComparison.Ordinal))
            .Select(effect => Generation().Match(effect).Value);
        var swaps = effects
            .Where(effect => effect.Contains(" SWAP WITH ", StringComparison.Ordinal))
            .Select(effect => effect[effect.IndexOf("eltps_", StringComparison.Ordinal)..]);
        foreach (var group in builds.Concat(swaps).GroupBy(text => text, StringComparer.Ordinal))
        {
            Assert.True(group.Count() == 1, $"moment {moment}: {group.Key} took effect {group.Count()} times.");
        }
    }

    [GeneratedRegex("generation=[0-9a-f-]{36}")]
    private static partial Regex Generation();
}
