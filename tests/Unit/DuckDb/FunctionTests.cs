using EltPs.Engine.Errors;

using Xunit;

namespace EltPs.Tests.DuckDb;

/// <summary>Snowflake's functions on DuckDB. Expectations come from Snowflake's documentation.</summary>
public sealed class FunctionTests
{
    private const string Time = "TIMESTAMP '2025-01-02 03:04:05.678912'";

    [Theory]
    [InlineData("YYYY-MM", "2025-01")]
    [InlineData("yyyy/mm/dd", "2025/01/02")]
    [InlineData("YYYYMMDDHH24MISS", "20250102030405")]
    [InlineData("Mon DY, DD YY", "Jan Thu, 02 25")]
    [InlineData("HH12:MI AM", "03:04 AM")]
    [InlineData("HH12 pm", "03 AM")]
    [InlineData("MONMMMI", "Jan0104")]
    [InlineData("SS.FF", "05.678912000")]
    [InlineData("FF0", "")]
    [InlineData("FF1 FF2 FF3 FF4 FF5 FF6", "6 67 678 6789 67891 678912")]
    [InlineData("FF7 FF8 FF9", "6789120 67891200 678912000")]
    [InlineData("SS.FF3 YYYY", "05.678 2025")]
    [InlineData("YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"", "2025-01-02T03:04:05Z")]
    [InlineData("\"YYYY 100%\" YYYY", "YYYY 100% 2025")]
    public async Task A_time_stamp_is_written_in_a_format(string format, string expected)
    {
        await using var database = await TestDatabase.OpenAsync();
        Assert.Equal(expected, await database.EvaluateAsync($"TO_VARCHAR({Time}, '{format}')"));
        Assert.Equal(expected, await database.EvaluateAsync($"to_char({Time}, '{format}')"));
    }

    [Theory]
    [InlineData("YYYY-QQ")]
    [InlineData("YYYY-MM-DD TZH")]
    [InlineData("MMMM")]
    [InlineData("MONTH")]
    [InlineData("YYYY%m")]
    [InlineData("<YYYY>")]
    [InlineData("HH:MI")]
    [InlineData("YYYY\"open")]
    [InlineData("%Y")]
    [InlineData("YYY")]
    [InlineData("FF10")]
    public async Task A_format_that_is_not_known_is_an_error_that_names_it(string format)
    {
        await using var database = await TestDatabase.OpenAsync();
        var failure = await Assert.ThrowsAsync<EltException>(() => database.EvaluateAsync($"TO_VARCHAR({Time}, '{format}')"));
        Assert.Contains($"'{format}'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("specifier", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TO_VARCHAR(DATE '2025-01-02', 'HH24:MI FF2')", "00:00 00")]
    [InlineData("TO_VARCHAR(NULL::TIMESTAMP, 'YYYY')", null)]
    [InlineData("TO_VARCHAR(5)", "5")]
    [InlineData("TO_VARCHAR(1.50)", "1.50")]
    [InlineData("TO_VARCHAR('x')", "x")]
    [InlineData("TO_VARCHAR(TRUE)", "true")]
    [InlineData("TO_VARCHAR(DATE '2025-01-02')", "2025-01-02")]
    [InlineData("TO_VARCHAR(TIMESTAMP '2025-01-02 03:04:05.6789')", "2025-01-02 03:04:05.678")]
    [InlineData("TO_CHAR(TIME '03:04:05.6')", "03:04:05")]
    [InlineData("IFF(NULL, 1, 2)", "2")]
    [InlineData("IFF(1 = 1, 'a', 'b')", "a")]
    [InlineData("NVL(NULL, 2)", "2")]
    [InlineData("NVL2(NULL, 1, 2)", "2")]
    [InlineData("NVL2(0, 1, 2)", "1")]
    [InlineData("ZEROIFNULL(NULL)", "0")]
    [InlineData("NULLIFZERO(0)", null)]
    [InlineData("EQUAL_NULL(NULL, NULL)", "true")]
    [InlineData("EQUAL_NULL(1, NULL)", "false")]
    [InlineData("DIV0(5, 9)", "0.555556")]
    [InlineData("DIV0(-5, 9)", "-0.555556")]
    [InlineData("DIV0(5, 0)", "0.0")]
    [InlineData("DIV0(NULL, 0)", null)]
    [InlineData("DIV0(1, NULL)", null)]
    [InlineData("DIV0(1.50, 7)", "0.21428571")]
    [InlineData("STARTSWITH('abc', 'ab')", "true")]
    [InlineData("ENDSWITH('abc', 'ab')", "false")]
    [InlineData("date_trunc('month', DATE '2025-01-02')::DATE", "2025-01-01")]
    public async Task A_function_gives_what_Snowflake_gives(string expression, string? expected)
    {
        await using var database = await TestDatabase.OpenAsync();
        Assert.Equal(expected, await database.EvaluateAsync(expression));
    }

    [Theory]
    [InlineData("TO_VARCHAR(1.5::DOUBLE)", "DOUBLE")]
    [InlineData("TO_VARCHAR(TIMESTAMPTZ '2025-01-02 00:00:00+00')", "TIMESTAMP WITH TIME ZONE")]
    [InlineData("TO_VARCHAR(TIMESTAMP_NS '2025-01-02 00:00:00.123456789', 'FF9')", "TIMESTAMP_NS")]
    public async Task A_type_whose_text_would_differ_is_an_error_that_names_it(string expression, string type)
    {
        await using var database = await TestDatabase.OpenAsync();
        var failure = await Assert.ThrowsAsync<EltException>(() => database.EvaluateAsync(expression));
        Assert.StartsWith("TO_VARCHAR ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(type, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC", "2025-01-31 23:30")]
    [InlineData("America/New_York", "2025-01-31 18:30")]
    [InlineData("Asia/Seoul", "2025-02-01 08:30")]
    public async Task A_time_stamp_with_time_zone_is_written_in_the_sessions_zone(string timeZone, string expected)
    {
        await using var database = await TestDatabase.OpenAsync(timeZone);
        Assert.Equal(expected, await database.EvaluateAsync("TO_VARCHAR(TIMESTAMPTZ '2025-01-31 23:30:00+00', 'YYYY-MM-DD HH24:MI')"));
    }

    [Fact]
    public async Task The_database_keeps_no_function()
    {
        await using var database = await TestDatabase.OpenAsync();
        Assert.Equal(0L, database.Read("SELECT count(*) FROM duckdb_functions() WHERE NOT internal AND database_name <> 'temp'"));
    }
}
