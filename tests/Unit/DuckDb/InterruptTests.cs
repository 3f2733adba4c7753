using System.Diagnostics;
using EltPs.Engine.Events;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.DuckDb;

[Collection(Alone.Name)]
public sealed class InterruptTests
{
    // Runs for minutes if nothing stops it.
    private const string Long = "SELECT count(*) AS n FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) = 1";

    [Fact]
    public async Task A_cancel_interrupts_the_statement_within_a_second_and_leaves_no_staging_table_and_no_transaction()
    {
        await using var database = await TestDatabase.OpenAsync();
        using var source = new CancellationTokenSource();
        var cancelled = 0L;
        database.Trace.OnEvent = async (runEvent, _) =>
        {
            if (IsOfTheBuild(database, runEvent) && !source.IsCancellationRequested)
            {
                cancelled = Stopwatch.GetTimestamp();
                await source.CancelAsync();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.StageAsync("analytics.t", Long, token: source.Token));

        Assert.InRange(Stopwatch.GetElapsedTime(cancelled), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Null(await database.FindAsync("analytics.temp_t"));
        Assert.Equal("ROLLBACK", database.Trace.Statements.Last(statement => statement.Length < 20));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task A_cancel_reaches_the_statement_also_while_the_observer_keeps_it_waiting()
    {
        await using var database = await TestDatabase.OpenAsync();
        using var source = new CancellationTokenSource();
        database.Trace.OnEvent = async (runEvent, token) =>
        {
            if (IsOfTheBuild(database, runEvent))
            {
                source.CancelAfter(0);
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.StageAsync("analytics.t", Long, token: source.Token));

        database.Trace.OnEvent = null;
        Assert.Null(await database.FindAsync("analytics.temp_t"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task An_observer_that_fails_stops_the_statement_before_anything_else_is_sent()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Trace.OnEvent = (runEvent, _) => IsOfTheBuild(database, runEvent)
            ? ValueTask.FromException(new InvalidDataException("the observer is broken"))
            : ValueTask.CompletedTask;

        await Assert.ThrowsAsync<InvalidDataException>(() => database.StageAsync("analytics.t", Long));

        database.Trace.OnEvent = null;
        Assert.Null(await database.FindAsync("analytics.temp_t"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_cancel_came_before()
    {
        await using var database = await TestDatabase.OpenAsync();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var request = await database.StageAsync("analytics.t", "SELECT 1 AS i");
        database.Trace.Clear();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            database.Warehouse.PublishAsync(request, database.Scope, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            database.Warehouse.MeasureAsync(request.Target, [database.Warehouse.Dialect.RowCount], database.Scope, source.Token));

        Assert.Empty(database.Trace.Events);
    }

    [Fact]
    public async Task Progress_is_between_zero_and_one_and_never_arrives_after_the_statements_end()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run("CREATE TABLE numbers AS SELECT range AS n FROM range(150000)");
        await database.StageAsync(
            "analytics.t",
            "SELECT count(*) AS n FROM numbers a JOIN numbers b ON hash(a.n) % 500 = hash(b.n) % 500 WHERE a.n + b.n <> 7");

        var events = database.Trace.Events.ToList();
        var progress = events.OfType<StatementProgress>().ToList();
        Assert.NotEmpty(progress);
        Assert.All(progress, step => Assert.InRange(step.Fraction, 0, 1));
        var ctas = events.FindIndex(runEvent =>
            runEvent is StatementFinished { Sql: var sql } && sql.StartsWith("CREATE OR REPLACE TABLE", StringComparison.Ordinal));
        Assert.DoesNotContain(events.Skip(ctas), runEvent => runEvent is StatementProgress);
    }

    // On a busy machine the look-up before it takes long enough to have progress, too.
    private static bool IsOfTheBuild(TestDatabase database, RunEvent runEvent) =>
        runEvent is StatementProgress && database.Trace.Statements.Contains("BEGIN TRANSACTION");
}
