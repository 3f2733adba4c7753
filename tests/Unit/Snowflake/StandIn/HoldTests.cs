using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Statements that run for as long as a test wants, beside others.</summary>
public sealed class HoldTests : IDisposable
{
    private readonly Scene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StandInCatalogue Catalogue => _scene.Catalogue;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_held_statement_runs_on_when_it_is_let_go_and_others_run_meanwhile()
    {
        _scene.Send("CREATE TABLE analytics.a AS SELECT 1 AS i");
        using var hold = Catalogue.Hold(IsReplace);
        var running = Task.Run(
            () => Catalogue.Execute("CREATE OR REPLACE TABLE analytics.a AS SELECT 2 AS i", _scene.Context, Token),
            Token);
        await hold.Reached.WaitAsync(Token);
        Assert.Equal("1", _scene.Send("SELECT i FROM analytics.a")[0][0]);

        hold.Release();

        Assert.True((await running).IsSuccess);
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.a")[0][0]);
    }

    [Fact]
    public async Task A_held_statement_that_is_cancelled_has_no_effect()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var hold = Catalogue.Hold(IsReplace);
        var running = Task.Run(
            () => Catalogue.Execute("CREATE OR REPLACE TABLE analytics.a AS SELECT 2 AS i", _scene.Context, cancel.Token),
            Token);
        await hold.Reached.WaitAsync(Token);

        await cancel.CancelAsync();

        var outcome = await running;
        Assert.Equal(("000604", "57014"), (outcome.Code, outcome.SqlState));
        Assert.Null(Catalogue.Find("analytics.a"));
    }

    [Fact]
    public async Task A_statement_that_had_taken_effect_is_not_cancelled_any_more()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var hold = Catalogue.Hold(IsReplace, afterEffect: true);
        var running = Task.Run(
            () => Catalogue.Execute("CREATE OR REPLACE TABLE analytics.a AS SELECT 2 AS i", _scene.Context, cancel.Token),
            Token);
        await hold.Reached.WaitAsync(Token);

        await cancel.CancelAsync();

        Assert.True((await running).IsSuccess);
        Assert.NotNull(Catalogue.Find("analytics.a"));
    }

    [Fact]
    public async Task A_query_that_runs_is_cancelled_too()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(300));

        var outcome = await Task.Run(
            () =>
                Catalogue.Execute(
                    "CREATE TABLE analytics.a AS SELECT SUM(a.range * b.range) AS i FROM range(10000000) a, range(10000000) b",
                    _scene.Context,
                    cancel.Token),
            Token);

        Assert.Equal("000604", outcome.Code);
        Assert.Null(Catalogue.Find("analytics.a"));
    }

    [Fact]
    public async Task A_statement_within_a_block_is_held_so_that_somebody_comes_in_between()
    {
        _scene.Build("analytics.mau", "SELECT 1 AS i");
        var request = _scene.Stage("analytics.mau", "SELECT 2 AS i");
        using var hold = Catalogue.Hold(TheSwap.Is);
        var running = Task.Run(() => _scene.Publish(request), Token);
        await hold.Reached.WaitAsync(Token);
        Assert.Equal("1", _scene.Send("SELECT i FROM analytics.mau")[0][0]);

        hold.Release();

        Assert.Equal("done", await running);
    }

    [Fact]
    public async Task A_reader_never_misses_a_table_that_is_swapped()
    {
        _scene.Send("CREATE TABLE analytics.a AS SELECT 1 AS i");
        _scene.Send("CREATE TABLE analytics.b AS SELECT 2 AS i");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var swapping = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    _scene.Send("ALTER TABLE analytics.a SWAP WITH analytics.b");
                }
            },
            Token);

        for (var i = 0; i < 200; i++)
        {
            Assert.True(_scene.Send("SELECT i FROM analytics.a")[0][0] is "1" or "2");
        }

        await stop.CancelAsync();
        await swapping;
    }

    private static bool IsReplace(string statement) => statement.StartsWith("CREATE OR REPLACE", StringComparison.Ordinal);
}
