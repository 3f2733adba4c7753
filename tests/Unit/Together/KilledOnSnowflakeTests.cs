using System.Text.RegularExpressions;
using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>
/// elt is killed in the middle of the swaps of a run on Snowflake, where nothing rolls them back: one command makes all tables of one run.
/// </summary>
public sealed partial class KilledOnSnowflakeTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory]
    [InlineData("a", false)]
    [InlineData("b", false)]
    [InlineData("b", true)]
    [InlineData("c", false)]
    [InlineData("c", true)]
    public async Task Whichever_swap_a_run_is_killed_at_a_resume_publishes_all_tables_of_one_run(string name, bool afterEffect)
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File(
            "job.psd1",
            $"@{{ PublishTogether = $true; Tables = @( "
                + $"{string.Join(", ", Names.Select(table => $"@{{ Schema = 'analytics'; Table = '{table}'; Sql = 'SELECT 1 AS n' }}"))} "
                + $") }}");
        account.Run("Invoke-EltPipeline job.psd1 -Connection $connection").Succeeded();
        using (var hold = account.Catalogue.Hold(TogetherScene.Swap(name), afterEffect))
        using (var elt = EltProcess.Start(account.Folder.Path, account.Script("Invoke-EltPipeline job.psd1 -Connection $connection")))
        {
            await hold.Reached.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await elt.KillAsync();
        }

        await account.Server.AllEndedAsync();

        var resumed = account.Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume").Single<RunResult>();

        Assert.True(resumed.IsSuccess, resumed.Error?.Message);
        Assert.Single(resumed.Tables.Select(table => table.Status).Distinct());
        Assert.Single(Names.Select(table => Run().Match(account.Catalogue.Find($"analytics.{table}")!.Comment!).Value).Distinct());
    }

    [GeneratedRegex("run=[^]]+")]
    private static partial Regex Run();
}
