using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>Rows as the SQL API writes them (Snowflake documentation, "Handling responses"), and over the driver.</summary>
public sealed class RowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The column's type and scale, what is written, the type and the text of the value.
    public static TheoryData<string, int, string, Type, string> Values { get; } = new()
    {
        { "fixed", 0, "42", typeof(long), "42" },
        { "fixed", 0, "-99999999999999999999999999999999999999", typeof(BigInteger), "-99999999999999999999999999999999999999" },
        { "fixed", 2, "1.50", typeof(decimal), "1.50" },
        { "fixed", 37, "9.9999999999999999999999999999999999999", typeof(string), "9.9999999999999999999999999999999999999" },
        { "decfloat", 0, "1.25", typeof(decimal), "1.25" },
        { "decfloat", 0, "1.25e400", typeof(string), "1.25e400" },
        { "real", 0, "1.5e300", typeof(double), "1.5E+300" },
        { "real", 0, "-inf", typeof(double), "-Infinity" },
        { "real", 0, "NaN", typeof(double), "NaN" },
        { "text", 0, "it's; ä", typeof(string), "it's; ä" },
        { "boolean", 0, "true", typeof(bool), "True" },
        { "boolean", 0, "false", typeof(bool), "False" },
        { "date", 0, "20089", typeof(DateTime), "2025-01-01 00:00:00.0000000" },
        { "date", 0, "-1", typeof(DateTime), "1969-12-31 00:00:00.0000000" },
        { "date", 0, "2932897", typeof(string), "10000-01-01" },
        { "time", 9, "82919.123000000", typeof(TimeSpan), "23:01:59.1230000" },
        { "timestamp_ntz", 9, "1735689599.123456700", typeof(DateTime), "2024-12-31 23:59:59.1234567" },
        { "timestamp_ntz", 9, "-0.500000000", typeof(DateTime), "1969-12-31 23:59:59.5000000" },
        { "timestamp_ltz", 9, "1751328000.000000000", typeof(DateTimeOffset), "2025-07-01 02:00:00 +02:00" },
        { "timestamp_tz", 9, "1751328000.000000000 960", typeof(DateTimeOffset), "2025-06-30 16:00:00 -08:00" },
        { "timestamp_tz", 9, "1751328000.000000000 1770", typeof(DateTimeOffset), "2025-07-01 05:30:00 +05:30" },
        { "timestamp_tz", 9, "nonsense", typeof(string), "nonsense" },
        { "binary", 0, "00FF41", typeof(byte[]), "00FF41" },
        { "variant", 0, "{\"a\": 1}", typeof(string), "{\"a\": 1}" },
        { "array", 0, "[1]", typeof(string), "[1]" },
        { "geography", 0, "{}", typeof(string), "{}" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_as_the_documentation_says_it_is_written(
        string type, int scale, string written, Type expected, string text)
    {
        await using var test = new ClientTest(
            Scripted(["V", "N"], [(type, scale), (type, scale)], [[written, null]]), timeZone: "Europe/Berlin");

        await using var reader = await OpenAsync(test);
        var row = Assert.Single(await reader.ReadAsync(Token));

        Assert.IsType(expected, row[0]);
        Assert.Equal(text, Text(row[0]));
        Assert.Null(row[1]);
        Assert.Empty(reader.CutColumns);
        Assert.Equal([new RowColumn("V", type.ToUpperInvariant()), new RowColumn("N", type.ToUpperInvariant())], reader.Columns);
    }

    [Fact]
    public async Task Digits_below_100_nanoseconds_are_cut_and_told()
    {
        await using var test = new ClientTest(Scripted(["T"], [("timestamp_ntz", 9)], [["0.123456789"]]));
        await using var reader = await OpenAsync(test);

        var row = Assert.Single(await reader.ReadAsync(Token));

        Assert.Equal("1970-01-01 00:00:00.1234567", Text(row[0]));
        Assert.Equal([0], reader.CutColumns);
    }

    [Fact]
    public async Task Partitions_are_fetched_one_by_one_when_they_are_wanted()
    {
        await using var test = new ClientTest(Scripted(["I"], [("fixed", 0)], [.. Enumerable.Range(0, 25).Select(i => new[] { $"{i}" })]));
        test.Server.RowsPerPartition = 10;
        await using (var reader = await OpenAsync(test))
        {
            Assert.Equal(10, (await reader.ReadAsync(Token)).Count);
            Assert.Single(test.Server.Requests);
            Assert.Equal(Enumerable.Range(10, 10).Select(i => (long)i), (await reader.ReadAsync(Token)).Select(row => row[0]).Cast<long>());
            Assert.Equal(2, test.Server.Requests.Count);
            Assert.Equal(5, (await reader.ReadAsync(Token)).Count);
            Assert.Empty(await reader.ReadAsync(Token));
        }

        Assert.Equal(3, test.Server.Requests.Count);
        Assert.Single(test.Trace.Events.OfType<StatementFinished>());
    }

    [Fact]
    public async Task The_request_asks_for_hexadecimal_bytes_and_no_more_rows_than_are_wanted()
    {
        await using var test = new ClientTest();

        await using (await OpenAsync(test, new RowQuery("SELECT 1") { MaximumRows = 7 }))
        {
        }

        using var body = JsonDocument.Parse(Assert.Single(test.Server.Requests).Body);
        var parameters = body.RootElement.GetProperty("parameters");
        Assert.Equal("HEX", parameters.GetProperty("binary_output_format").GetString());
        Assert.Equal("7", parameters.GetProperty("rows_per_resultset").GetString());
        Assert.False(parameters.TryGetProperty("MULTI_STATEMENT_COUNT", out _));
    }

    [Fact]
    public async Task A_cancel_while_the_query_runs_cancels_it_in_Snowflake()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("SELECT 1", new Fault.Slow(TimeSpan.FromHours(1)));
        using var cancel = new CancellationTokenSource();
        test.Server.Received = request => _ = request.IsPoll && cancel.CancelAsync() is not null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            test.Client.OpenRowsAsync(new RowQuery("SELECT 1"), test.Scope(), cancel.Token));

        Assert.Contains(test.Server.Requests, request => request.IsCancel);
        Assert.Equal(0, test.Server.Running);
    }

    [Fact]
    public async Task An_error_has_its_place_in_the_query()
    {
        await using var test = new ClientTest(new ScriptedWarehouse((_, _) => StatementOutcome.Failure(
            "001003", "42000", "SQL compilation error:\nsyntax error line 2 at position 3 unexpected 'FORM'.")));
        await using var session = new SnowflakeSession(test.Client, new SnowflakeDialect());

        var failure = await Assert.ThrowsAsync<EltException>(() =>
            session.OpenRowsAsync(new RowQuery("SELECT *\n   FORM t"), test.Scope(), Token));

        Assert.Equal((EltErrorKind.StatementFailed, 12), (failure.Kind, failure.Offset));
    }

    [Fact]
    public async Task The_driver_gives_the_same_values()
    {
        string[] types =
        [
            "fixed", "fixed", "real", "boolean", "text", "date", "time", "timestamp_ntz", "timestamp_ltz", "timestamp_tz", "binary",
        ];
        string?[] written =
        [
            "42", "9.9999999999999999999999999999999999999", "1.5", "true", "ä", "20089", "82919.123000000", "1735689599.123456700",
            "1751328000.000000000", "1751328000.000000000 960", "00FF41",
        ];
        await using var api = new LoopbackSqlApi { Answer = _ => LoopbackAnswer.Rows(types, written, new string?[types.Length]) };
        await using var client = await StandInDriver.OpenAsync(api, Token);

        await using var reader = await client.OpenRowsAsync(new RowQuery("SELECT 2"), new WorkScope(SilentObserver.Instance), Token);
        var rows = await reader.ReadAsync(Token);

        Assert.Equal(
            [
                "42", "9.9999999999999999999999999999999999999", "1.5", "True", "ä", "2025-01-01 00:00:00.0000000", "23:01:59.1230000",
                "2024-12-31 23:59:59.1234567", "2025-07-01 02:00:00 +02:00", "2025-06-30 16:00:00 -08:00", "00FF41",
            ],
            rows[0].Select(Text));
        Assert.IsType<long>(rows[0][0]);
        Assert.All(rows[1], Assert.Null);
        Assert.Empty(await reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_cancel_over_the_driver_cancels_the_query_in_Snowflake()
    {
        using var cancel = new CancellationTokenSource();
        var cancelled = LoopbackAnswer.Error(422, "000604", "57014", "SQL execution canceled");
        var isCancelled = false;
        await using var api = new LoopbackSqlApi
        {
            Answer = call =>
            {
                isCancelled |= call.IsCancel;
                if (!call.IsCancel && !call.IsSubmit)
                {
                    _ = cancel.CancelAsync();
                }

                return isCancelled ? cancelled : LoopbackAnswer.Running;
            },
        };
        await using var client = await StandInDriver.OpenAsync(api, Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.OpenRowsAsync(new RowQuery("SELECT 2"), new WorkScope(SilentObserver.Instance), cancel.Token));

        Assert.True(isCancelled);
    }

    private static Task<IRowReader> OpenAsync(ClientTest test, RowQuery? query = null) =>
        test.Client.OpenRowsAsync(query ?? new RowQuery("SELECT 1"), test.Scope(), Token);

    private static ScriptedWarehouse Scripted(string[] columns, (string, int)[] types, string?[][] rows) =>
        new((_, _) => StatementOutcome.Success(columns, rows) with { Types = types });

    private static string Text(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
