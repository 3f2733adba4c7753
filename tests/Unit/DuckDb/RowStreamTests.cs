using System.Security.Cryptography;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.DuckDb;

/// <summary>Rows as they come: in little memory, stopped when nobody wants more, and never fewer without an error.</summary>
public sealed class RowStreamTests : IDisposable
{
    private static readonly SourceLocation Place = new("job.psd1", 3, 5);

    private readonly TemporaryFolder _folder = new();
    private readonly DatabaseFile _database;

    public RowStreamTests()
    {
        _database = new DatabaseFile(_folder.File("x.duckdb"));
        _database.Execute("CREATE SCHEMA a; CREATE TABLE a.t AS SELECT 1 AS i");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_result_without_an_end_gives_its_first_rows_and_stops()
    {
        var step = Step();
        var seen = 0L;

        var count = await step.ReadAsync(
            new RowQuery("SELECT a.range * 1000000 + b.range AS n FROM range(100000000) a, range(1000000) b") { MaximumRows = 5000 },
            (_, rows) =>
            {
                seen += rows.Count;
                return Task.CompletedTask;
            },
            Token);

        Assert.Equal((5000, 5000), (count, seen));
    }

    [Fact]
    public async Task An_error_behind_the_first_rows_is_an_error_and_no_end()
    {
        var seen = 0L;

        var failure = await Assert.ThrowsAsync<EltException>(() => Step().ReadAsync(
            new RowQuery("SELECT CASE WHEN i = 500000 THEN CAST('x' || i AS INTEGER) ELSE i END AS n FROM range(1000000) t(i)"),
            (_, rows) =>
            {
                seen += rows.Count;
                return Task.CompletedTask;
            },
            Token));

        Assert.InRange(seen, 1, 500000);
        Assert.Equal((EltErrorKind.StatementFailed, "Conversion"), (failure.Kind, failure.VendorCode));
        Assert.Contains("x500000", failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_between_rows_and_within_a_long_step_stops_the_query()
    {
        using var between = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Step().ReadAsync(
            new RowQuery("FROM range(100000000000)"),
            async (_, _) => await between.CancelAsync(),
            between.Token));

        using var within = new CancellationTokenSource();
        var observer = new TraceObserver
        {
            OnEvent = async (runEvent, _) =>
            {
                if (runEvent is StatementProgress)
                {
                    await within.CancelAsync();
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Step(observer).ReadAsync(
            new RowQuery("SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE (a.range + b.range) % 7 = 8"),
            (_, _) => Task.CompletedTask,
            within.Token));

        // Nothing is held any more.
        Assert.Equal(["1"], _database.Rows("SELECT i FROM a.t"));
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_cancelled_and_the_advice_is_not_about_a_file()
    {
        var failure = await Assert.ThrowsAsync<EltException>(() =>
            new RowStep(Session(), TimeProvider.System, SilentObserver.Instance) { Limit = TimeSpan.FromMilliseconds(300) }.ReadAsync(
                new RowQuery("SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE (a.range + b.range) % 7 = 8"),
                (_, _) => Task.CompletedTask,
                Token));

        Assert.Equal((EltErrorKind.Timeout, AdviceKind.GiveLonger), (failure.Kind, Assert.Single(failure.Advice).Kind));
    }

    [Theory]
    [InlineData("SELECT nope FROM a.t", 7)]
    [InlineData("SELECT i,\n  'ä😀' || nope(i) FROM a.t", 21)]
    [InlineData("SELECT i FORM x", 14)]
    public async Task An_error_of_the_query_has_its_place(string sql, int offset)
    {
        var failure = await Assert.ThrowsAsync<EltException>(() =>
            Step().ReadAsync(new RowQuery(sql), (_, _) => Task.CompletedTask, Token));

        Assert.Equal(EltErrorKind.StatementFailed, failure.Kind);
        Assert.Equal(offset, failure.Offset);
        Assert.DoesNotContain('{', failure.What);
    }

    [Fact]
    public async Task A_pivot_that_finds_its_values_is_a_query()
    {
        IReadOnlyList<string> columns = [];

        await Step().ReadAsync(
            new RowQuery("PIVOT (VALUES ('x', 1), ('y', 2)) t(k, n) ON k USING sum(n)"),
            (reader, _) =>
            {
                columns = [.. reader.Columns.Select(column => column.Name)];
                return Task.CompletedTask;
            },
            Token);

        Assert.Equal(["x", "y"], columns);
    }

    [Theory]
    [InlineData("INSERT INTO a.t VALUES (2)")]
    [InlineData("CREATE TABLE a.u AS SELECT 1 AS i")]
    public async Task The_file_is_open_for_reading_only_whatever_is_sent(string sql)
    {
        await Assert.ThrowsAsync<EltException>(() => Step().ReadAsync(new RowQuery(sql), (_, _) => Task.CompletedTask, Token));

        Assert.Equal(["1"], _database.Rows("SELECT i FROM a.t"));
    }

    [Fact]
    public async Task A_source_without_a_view_is_read_and_the_file_keeps_its_bytes()
    {
        _folder.File("s.csv", "n\n7\n8\n");
        var before = await BytesAsync();
        SourceDefinition[] sources = [new(TestDatabase.Name("raw.s"), "s.csv", _folder.Path, Place)];

        var rows = await RowsAsync("SELECT n + i AS n FROM raw.s, a.t", sources);

        Assert.Equal([8L, 9L], rows.Select(row => row[0]));
        Assert.Equal(before, await BytesAsync());
        Assert.Equal(["s.csv", "x.duckdb"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_source_of_another_file_than_its_view_is_read_from_the_file_that_is_meant()
    {
        _folder.File("old.csv", "n\n1\n");
        _folder.File("new.csv", "m\n2\n");
        SourceDefinition Source(string file) => new(TestDatabase.Name("raw.s"), file, _folder.Path, Place);
        var settings = new SessionSettings(ConnectionDefinition.Embedded("x.duckdb", _folder.Path), "UTC", [Source("old.csv")]);
        await using (var warehouse = await TestDatabase.Provider.OpenAsync(
            settings, SessionMode.ReadWrite, new WorkScope(SilentObserver.Instance), Token))
        {
            await warehouse.PrepareSourcesAsync(settings.Sources, new WorkScope(SilentObserver.Instance), Token);
        }

        var before = await BytesAsync();

        Assert.Equal([1L], (await RowsAsync("SELECT n FROM raw.s", [Source("old.csv")])).Select(row => row[0]));
        Assert.Equal([2L], (await RowsAsync("SELECT m FROM raw.s", [Source("new.csv")])).Select(row => row[0]));
        Assert.Equal(before, await BytesAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_and_is_not_created_but_sources_can_be_read()
    {
        _folder.File("s.csv", "n\n7\n");
        SessionSettings Settings(params SourceDefinition[] sources) =>
            new(ConnectionDefinition.Embedded("none.duckdb", _folder.Path), "UTC", sources);

        var failure = await Assert.ThrowsAsync<EltException>(() => new RowStep(
            Session(Settings()), TimeProvider.System, SilentObserver.Instance).ReadAsync(
                new RowQuery("SELECT 1"), (_, _) => Task.CompletedTask, Token));
        var rows = await RowsAsync(
            "SELECT n FROM raw.s", Settings(new SourceDefinition(TestDatabase.Name("raw.s"), "s.csv", _folder.Path, Place)));

        Assert.Equal(EltErrorKind.DatabaseMissing, failure.Kind);
        Assert.Equal([7L], rows.Select(row => row[0]));
        Assert.False(File.Exists(_folder.File("none.duckdb")));
    }

    [Fact]
    public async Task A_source_whose_file_is_not_there_is_told_by_its_name()
    {
        var failure = await Assert.ThrowsAsync<EltException>(() =>
            RowsAsync("FROM raw.s", [new SourceDefinition(TestDatabase.Name("raw.s"), "s.csv", _folder.Path, Place)]));

        Assert.Equal((EltErrorKind.SourceMissing, "source raw.s"), (failure.Kind, failure.Subject));
    }

    private WarehouseSession Session(SessionSettings? settings = null) => new(
        settings ?? new SessionSettings(ConnectionDefinition.Embedded("x.duckdb", _folder.Path), "UTC", []),
        TestDatabase.Provider,
        SessionMode.Query);

    private RowStep Step(IRunObserver? observer = null) => new(Session(), TimeProvider.System, observer ?? SilentObserver.Instance);

    private Task<List<object?[]>> RowsAsync(string sql, SourceDefinition[] sources) =>
        RowsAsync(sql, new SessionSettings(ConnectionDefinition.Embedded("x.duckdb", _folder.Path), "UTC", sources));

    private async Task<List<object?[]>> RowsAsync(string sql, SessionSettings settings)
    {
        var found = new List<object?[]>();
        await new RowStep(Session(settings), TimeProvider.System, SilentObserver.Instance).ReadAsync(
            new RowQuery(sql),
            (_, rows) =>
            {
                found.AddRange(rows);
                return Task.CompletedTask;
            },
            Token);
        return found;
    }

    private async Task<byte[]> BytesAsync() => SHA256.HashData(await File.ReadAllBytesAsync(_folder.File("x.duckdb"), Token));
}
