using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using Xunit;

namespace EltPs.Tests.DuckDb;

/// <summary>DuckDB's types as .NET's. Where DuckDB can write a value as text, that text is compared, so that no digit is lost.</summary>
public sealed class RowTypeTests
{
    private static readonly Dictionary<string, Type> Scalars = new(StringComparer.Ordinal)
    {
        ["bool"] = typeof(bool),
        ["tinyint"] = typeof(sbyte),
        ["smallint"] = typeof(short),
        ["int"] = typeof(int),
        ["bigint"] = typeof(long),
        ["hugeint"] = typeof(BigInteger),
        ["uhugeint"] = typeof(BigInteger),
        ["utinyint"] = typeof(byte),
        ["usmallint"] = typeof(ushort),
        ["uint"] = typeof(uint),
        ["ubigint"] = typeof(ulong),
        ["bignum"] = typeof(BigInteger),
        ["time"] = typeof(TimeSpan),
        ["time_ns"] = typeof(TimeSpan),
        ["timestamp_ns"] = typeof(DateTime),
        ["time_tz"] = typeof(string),
        ["float"] = typeof(float),
        ["double"] = typeof(double),
        ["dec_4_1"] = typeof(decimal),
        ["dec_9_4"] = typeof(decimal),
        ["dec_18_6"] = typeof(decimal),
        ["dec38_10"] = typeof(string),
        ["uuid"] = typeof(Guid),
        ["interval"] = typeof(string),
        ["varchar"] = typeof(string),
        ["blob"] = typeof(byte[]),
        ["bit"] = typeof(string),
        ["small_enum"] = typeof(string),
        ["medium_enum"] = typeof(string),
        ["large_enum"] = typeof(string),
        ["geometry"] = typeof(string),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_type_that_DuckDB_has_is_read_and_its_greatest_and_least_value_is_the_one_of_its_text()
    {
        var (columns, rows) = await ReadAsync("SELECT * FROM test_all_types()");
        var texts = Texts("SELECT COLUMNS(*)::VARCHAR FROM test_all_types()");

        Assert.True(columns.Count > 50, $"Only {columns.Count} columns.");
        Assert.Equal(3, rows.Count);
        Assert.All(rows[2], Assert.Null);
        for (var column = 0; column < columns.Count; column++)
        {
            for (var row = 0; row < 2; row++)
            {
                var value = rows[row][column];
                Assert.NotNull(value);
                if (Scalars.TryGetValue(columns[column].Name, out var type) && (row == 1 || type != typeof(BigInteger)))
                {
                    Assert.True(
                        type == value.GetType() || (columns[column].Name is "interval" or "uhugeint" && row == 0),
                        $"{columns[column]}: {value.GetType()}");
                }

                Assert.True(
                    Text(value, IsDate(columns[column])) == Comparable(texts[row][column]!, columns[column].Name),
                    $"{columns[column].Name}: {Text(value, IsDate(columns[column]))} is not {texts[row][column]}");
            }
        }
    }

    [Theory]
    [InlineData("1::HUGEINT", 1L)]
    [InlineData("sum(i)", 3L)]
    [InlineData("NULL", null)]
    [InlineData("'1 day 2 hours'::INTERVAL", "1.02:00:00")]
    [InlineData("'-90 seconds'::INTERVAL", "-00:01:30")]
    [InlineData("'1 month -1 day'::INTERVAL", "1 month -1 day")]
    [InlineData("'-1 year -00:00:01.5'::INTERVAL", "-1 year -00:00:01.5")]
    [InlineData("'-12'::BIGNUM", -12L)]
    [InlineData("true::UNION(n INTEGER, b BOOLEAN)", true)]
    [InlineData("'0010'::BIT", "0010")]
    [InlineData("'12:34:56+05:30'::TIMETZ", "12:34:56+05:30")]
    [InlineData("'{\"a\": 1}'::JSON", "{\"a\": 1}")]
    public async Task Values_are_as_the_documentation_says(string expression, object? expected)
    {
        var (_, rows) = await ReadAsync($"SELECT {expression} AS v FROM (VALUES (1), (2)) t(i)");

        var value = rows[0][0];
        Assert.Equal(expected, value is TimeSpan time ? time.ToString("c", CultureInfo.InvariantCulture) : value);
    }

    [Fact]
    public async Task A_moment_has_the_offset_of_the_sessions_zone_and_a_local_time_no_kind()
    {
        var (_, rows) = await ReadAsync(
            "SELECT TIMESTAMPTZ '2025-07-01 00:00:00+00', TIMESTAMP '2025-07-01 12:00:00.123456', DATE '2025-07-01'", "Europe/Berlin");

        var moment = Assert.IsType<DateTimeOffset>(rows[0][0]);
        Assert.Equal((new DateTime(2025, 7, 1, 2, 0, 0), TimeSpan.FromHours(2)), (moment.DateTime, moment.Offset));
        Assert.Equal(new DateTime(2025, 7, 1, 12, 0, 0).AddTicks(1234560), rows[0][1]);
        Assert.Equal(DateTimeKind.Unspecified, Assert.IsType<DateTime>(rows[0][1]).Kind);
        Assert.Equal(new DateTime(2025, 7, 1), rows[0][2]);
    }

    [Fact]
    public async Task Nested_values_keep_their_nulls_and_their_order()
    {
        var (_, rows) = await ReadAsync(
            """
            SELECT
                [1, NULL, 3], {'b': [NULL, 'x'], 'a': NULL}, MAP {'z': 1, 'a': NULL}, [{'n': DECIMAL '1.50'}],
                [1, 2]::INTEGER[2], MAP {}, [], MAP {[1, 2]: 'list as a key'}
            """);

        var row = rows[0];
        Assert.Equal(new object?[] { 1, null, 3 }, row[0]);
        var record = Assert.IsType<RowRecord>(row[1]);
        Assert.Equal(["b", "a"], record.Fields.Select(field => field.Key));
        Assert.Equal(new object?[] { null, "x" }, record.Fields[0].Value);
        Assert.Null(record.Fields[1].Value);
        Assert.Equal([new("z", 1), new("a", null)], Assert.IsType<OrderedDictionary<object, object?>>(row[2]));
        Assert.Equal(1.50m, Assert.IsType<RowRecord>(Assert.Single(Assert.IsType<object?[]>(row[3]))).Fields[0].Value);
        Assert.Equal(new object?[] { 1, 2 }, row[4]);
        Assert.Empty(Assert.IsType<OrderedDictionary<object, object?>>(row[5]));
        Assert.Empty(Assert.IsType<object?[]>(row[6]));
        Assert.Single(Assert.IsType<OrderedDictionary<object, object?>>(row[7]));
    }

    [Fact]
    public async Task What_has_no_form_of_its_own_is_text_also_within_others_and_columns_keep_their_names()
    {
        var (columns, rows) = await ReadAsync("SELECT 1 AS a, 42::VARIANT AS v, ['x'::VARIANT] AS \"l\"\"\", 2 AS a");

        Assert.Equal(["a", "v", "l\"", "a"], columns.Select(column => column.Name));
        Assert.Equal([1, "42", "[x]", 2], rows[0]);
    }

    [Fact]
    public async Task Digits_below_100_nanoseconds_are_cut_and_the_reader_tells_of_which_columns()
    {
        await using var warehouse = await OpenAsync("UTC");
        await using var reader = await warehouse.OpenRowsAsync(
            new RowQuery("SELECT TIMESTAMP_NS '2025-01-01 00:00:00.123456700', TIMESTAMP_NS '2025-01-01 00:00:00.123456789'"),
            new WorkScope(SilentObserver.Instance),
            Token);

        var row = Assert.Single(await reader.ReadAsync(Token));

        Assert.Equal(row[0], row[1]);
        Assert.Equal([1], reader.CutColumns);
    }

    [Fact]
    public async Task Many_rows_of_many_types_are_those_that_DuckDB_counts()
    {
        var (_, rows) = await ReadAsync(
            """
            SELECT i, i::VARCHAR AS s, [i, i + 1] AS l, CASE WHEN i % 3 = 0 THEN NULL ELSE i::DECIMAL(38, 4) END AS d, {'i': i} AS r
            FROM range(10000) t(i)
            """);

        Assert.Equal(10000, rows.Count);
        Assert.All(rows.Index(), item =>
        {
            var (place, row) = item;
            Assert.Equal((long)place, row[0]);
            Assert.Equal(place.ToString(CultureInfo.InvariantCulture), row[1]);
            Assert.Equal(new object?[] { (long)place, place + 1L }, row[2]);
            Assert.Equal(place % 3 == 0 ? null : (decimal)place, row[3]);
            Assert.Equal((long)place, Assert.IsType<RowRecord>(row[4]).Fields[0].Value);
        });
    }

    private static Task<IWarehouse> OpenAsync(string timeZone) => TestDatabase.Provider.OpenAsync(
        new SessionSettings(ConnectionDefinition.Embedded(":memory:", AppContext.BaseDirectory), timeZone, []),
        SessionMode.Query,
        new WorkScope(SilentObserver.Instance),
        Token);

    private static async Task<(IReadOnlyList<RowColumn> Columns, List<object?[]> Rows)> ReadAsync(string sql, string timeZone = "UTC")
    {
        await using var warehouse = await OpenAsync(timeZone);
        await using var reader = await warehouse.OpenRowsAsync(new RowQuery(sql), new WorkScope(SilentObserver.Instance), Token);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(Token) is { Count: > 0 } more)
        {
            rows.AddRange(more);
        }

        return (reader.Columns, rows);
    }

    private static List<string?[]> Texts(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC'; {sql}";
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            var columns = Enumerable.Range(0, reader.FieldCount);
            rows.Add([.. columns.Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        }

        return rows;
    }

    private static bool IsDate(RowColumn column) => column.Name.StartsWith("date", StringComparison.Ordinal);

    // The digits that are cut off, which the test above is about, and the quotes that texts within others have.
    private static string Comparable(string text, string column) => column switch
    {
        // ICU reckons in milliseconds as a double, which is one of them off at the end of its time.
        "timestamp_tz" => text.Replace("54.776806", "54.775806", StringComparison.Ordinal),
        "timestamp_ns" or "time_ns" => text.Contains('.', StringComparison.Ordinal)
            ? text[..Math.Min(text.Length, text.IndexOf('.', StringComparison.Ordinal) + 8)].TrimEnd('0').TrimEnd('.')
            : text,
        _ => text.Replace("'", string.Empty, StringComparison.Ordinal),
    };

    // A value as DuckDB writes it.
    private static string Text(object? value, bool isDate) => value switch
    {
        null => "NULL",
        bool flag => flag ? "true" : "false",
        float number => Number(number),
        double number => Number(number),
        DateTime time => time.ToString(isDate ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "+00",
        TimeSpan span => Clock(span),
        byte[] bytes => string.Concat(
            bytes.Select(part => part is >= 32 and < 127 && part != (byte)'\\' ? ((char)part).ToString() : $"\\x{part:X2}")),
        object?[] items => $"[{string.Join(", ", items.Select(item => Text(item, isDate)))}]",
        RowRecord record => $"{{{string.Join(", ", record.Fields.Select(field => $"{field.Key}: {Text(field.Value, isDate)}"))}}}",
        OrderedDictionary<object, object?> map =>
            $"{{{string.Join(", ", map.Select(pair => $"{Text(pair.Key, isDate)}={Text(pair.Value, isDate)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Number(double number) => number switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => "nan",
        _ when number == Math.Floor(number) && Math.Abs(number) < 1e10 => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
    };

    private static string Number(float number) =>
        float.IsFinite(number) && number != Math.Floor(number) || Math.Abs(number) >= 1e10f
            ? number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal)
            : Number((double)number);

    private static string Clock(TimeSpan span)
    {
        var fraction = (span.Ticks % TimeSpan.TicksPerSecond).ToString("0000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{(long)span.TotalHours:00}:{span.Minutes:00}:{span.Seconds:00}{(fraction.Length == 0 ? string.Empty : "." + fraction)}";
    }
}
