using System.Numerics;

using EltPs.Engine.Sql;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>What a value becomes outside quotes and within.</summary>
public sealed class LiteralTests
{
    private static readonly int[] List = [1, 2, 3];
    private static readonly DateTimeOffset Winter = new(2025, 1, 10, 6, 30, 0, TimeSpan.FromHours(1));

    /// <summary>A value, its literal, its text in quotes.</summary>
    public static TheoryData<object?, string, string> Values { get; } = new()
    {
        { "it's", "'it''s'", "it''s" },
        { "", "''", "" },
        { 42, "42", "42" },
        { -5L, "(-5)", "-5" },
        { long.MinValue, "(-9223372036854775808)", "-9223372036854775808" },
        { new BigInteger(12345678901234567890123m), "12345678901234567890123", "12345678901234567890123" },
        { ulong.MaxValue, "18446744073709551615", "18446744073709551615" },
        { 1.5, "1.5", "1.5" },
        { 3.0, "3.0", "3.0" },
        { -0.25, "(-0.25)", "-0.25" },
        { 1e300, "1E+300", "1E+300" },
        { 1.1f, "1.1", "1.1" },
        { 19.990m, "19.990", "19.990" },
        { true, "TRUE", "true" },
        { false, "FALSE", "false" },
        { new DateOnly(2025, 1, 10), "DATE '2025-01-10'", "2025-01-10" },
        { Winter, "CAST('2025-01-10T06:30:00+01:00' AS TIMESTAMPTZ)", "2025-01-10T06:30:00+01:00" },
        { Winter.AddTicks(1234567), "CAST('2025-01-10T06:30:00.123456+01:00' AS TIMESTAMPTZ)", "2025-01-10T06:30:00.123456+01:00" },
        { new DateTime(2025, 1, 10, 6, 30, 0), "CAST('2025-01-10T06:30:00' AS DATETIME)", "2025-01-10T06:30:00" },
        { 'x', "'x'", "x" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_a_literal_of_its_type_outside_quotes_and_its_text_within(object? value, string literal, string text)
    {
        foreach (var syntax in Template.Syntaxes)
        {
            Assert.Equal($"SELECT {literal}, '{text}'", Template.Render("SELECT {{ x }}, '{{ x }}'", value, syntax));
        }
    }

    [Fact]
    public void Null_is_NULL_and_has_no_text()
    {
        Assert.Equal("SELECT NULL", Template.Render("SELECT {{ x }}", null));
        Assert.Equal(
            "{{ x }} is NULL, which has no text to put into quotes; write it outside of them.",
            Template.RenderRefusal("SELECT '{{ x }}'", null));
    }

    [Fact]
    public void A_list_stands_alone_in_brackets()
    {
        object[] list = ["it's", 2, -3];
        Assert.Equal("SELECT a IN ('it''s', 2, (-3))", Template.Render("SELECT a IN ({{ x }})", list));
        Assert.Equal("SELECT len([1, 2, 3])", Template.Render("SELECT len([{{ x }}])", List));
        const string Alone = "{{ x }} is a list, and a list stands alone in brackets; write IN ({{ x }}).";
        Assert.Equal(Alone, Template.RenderRefusal("SELECT {{ x }}", list));
        Assert.Equal(Alone, Template.RenderRefusal("SELECT a IN (1, {{ x }})", list));
        Assert.Equal(Alone, Template.RenderRefusal("SELECT a = -{{ x }}", list));
        Assert.Equal(
            "{{ x }} is a list, which has no text to put into quotes; write it outside of them, as IN ({{ x }}).",
            Template.RenderRefusal("SELECT '{{ x }}'", list));
    }

    [Theory]
    [InlineData("SELECT -{{ x }}", "SELECT -(-5)")]
    [InlineData("SELECT 1-{{ x }}", "SELECT 1-(-5)")]
    [InlineData("SELECT {{ x }}::VARCHAR", "SELECT (-5)::VARCHAR")]
    public void A_negative_number_never_begins_a_comment_and_keeps_its_sign(string sql, string rendered) =>
        Assert.Equal(rendered, Template.Render(sql, -5));

    [Fact]
    public void DuckDB_reads_each_literal_as_the_value()
    {
        using var database = new Duck("Europe/Berlin");
        Assert.Equal(["DATE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "INTEGER", "DECIMAL(2,1)", "DOUBLE", "BOOLEAN", "VARCHAR"],
            new object[] { new DateOnly(2025, 1, 10), Winter, new DateTime(2025, 1, 10), 42, 1.5, 1e300, true, "a" }
                .Select(value => database.Scalar(Template.Render("SELECT typeof({{ x }})", value))));

        // The instant, whatever the session's zone is; and the same from its text.
        Assert.Equal("1736487000000", database.Scalar(Template.Render("SELECT epoch_ms({{ x }})", Winter)));
        Assert.Equal("1736487000000", database.Scalar(Template.Render("SELECT epoch_ms('{{ x }}'::TIMESTAMPTZ)", Winter)));
        Assert.Equal("-1 1 5", database.Scalar(Template.Render("SELECT concat_ws(' ', {{ x }} + 4, 1-{{ x }} * 0, -{{ x }})", -5)));
        Assert.Equal("1e+300", database.Scalar(Template.Render("SELECT {{ x }}::VARCHAR", 1e300)));
        Assert.Equal("-9223372036854775808", database.Scalar(Template.Render("SELECT {{ x }}::BIGINT::VARCHAR", long.MinValue)));
        Assert.Equal("true", database.Scalar(Template.Render("SELECT (3 IN ({{ x }}) AND 4 NOT IN ({{ x }}))::VARCHAR", List)));
        Assert.Equal("true", database.Scalar(Template.Render("SELECT (TIMESTAMP '2025-01-10 06:30:00' = {{ x }})::VARCHAR", Winter)));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    public void A_TIMESTAMP_without_a_zone_is_the_day_and_the_hour_of_the_text(string timeZone)
    {
        using var database = new Duck(timeZone);
        Assert.Equal("2025-01-10 06:30:00", database.Scalar(Template.Render("SELECT (TIMESTAMP '{{ x }}')::VARCHAR", Winter)));
        Assert.Equal("2025-01-10 06:30:00", database.Scalar(Template.Render("SELECT CAST('{{ x }}' AS TIMESTAMP)::VARCHAR", Winter)));
        Assert.Equal("true", database.Scalar(Template.Render("SELECT (TIMESTAMP '2025-01-10 06:30:00' = '{{ x }}')::VARCHAR", Winter)));
    }

    [Fact]
    public void Snowflakes_backslashes_are_doubled() => Assert.Equal(
        @"SELECT 'C:\\it''s', 'a C:\\it''s', ""C:\it's"", $$C:\it's$$",
        Template.Render("SELECT {{ x }}, 'a {{ x }}', \"{{ x }}\", $${{ x }}$$", @"C:\it's", SqlSyntax.Snowflake));
}
