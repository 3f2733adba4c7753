using System.Globalization;
using System.Numerics;
using EltPs.Engine.Warehouses;
using Xunit;

namespace EltPs.Tests.Rows;

public sealed class RowValueTests
{
    [Theory]
    [InlineData("0", typeof(long))]
    [InlineData("-9223372036854775808", typeof(long))]
    [InlineData("9223372036854775807", typeof(long))]
    [InlineData("9223372036854775808", typeof(BigInteger))]
    [InlineData("-99999999999999999999999999999999999999", typeof(BigInteger))]
    public void A_whole_number_is_a_long_as_long_as_that_holds_it(string text, Type type)
    {
        var value = RowValue.Whole(text);

        Assert.IsType(type, value);
        Assert.Equal(text, Text(value));
    }

    [Theory]
    [InlineData("0.00", typeof(decimal))]
    [InlineData("-0.05", typeof(decimal))]
    [InlineData("79228162514264337593543950335", typeof(decimal))]
    [InlineData("7922816251426433759354395033.5", typeof(decimal))]
    [InlineData("0.0000000000000000000000000001", typeof(decimal))]
    [InlineData("79228162514264337593543950336", typeof(BigInteger))]
    [InlineData("7922816251426433759354395033.65", typeof(string))]
    [InlineData("-0.00000000000000000000000000000000000001", typeof(string))]
    [InlineData("1.5e200", typeof(string))]
    [InlineData("NaN", typeof(string))]
    public void A_decimal_number_keeps_every_digit(string text, Type type)
    {
        var value = RowValue.Decimal(text);

        Assert.IsType(type, value);
        Assert.Equal(text, Text(value));
    }

    [Fact]
    public void A_decimal_number_that_fits_without_the_noughts_behind_it_is_a_decimal()
    {
        Assert.Equal(79228162514264337593543950335m, RowValue.Decimal("79228162514264337593543950335.0000000000"));
        Assert.Equal(1.5m, RowValue.Decimal("1.50000000000000000000000000000000000000"));
    }

    [Fact]
    public void Random_decimals_keep_their_value()
    {
        var random = new Random(20251127);
        for (var round = 0; round < 2000; round++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 39)).Select(_ => (char)('0' + random.Next(10)))).TrimStart('0');
            var unscaled = BigInteger.Parse("0" + digits, CultureInfo.InvariantCulture) * (random.Next(2) == 0 ? 1 : -1);
            var scale = random.Next(0, 39);

            var text = Text(RowValue.Decimal(unscaled, scale));
            var point = text.IndexOf('.', StringComparison.Ordinal);
            var places = point < 0 ? 0 : text.Length - point - 1;
            Assert.Equal(
                unscaled * BigInteger.Pow(10, 38),
                BigInteger.Parse(text.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture)
                    * BigInteger.Pow(10, 38 + scale - places));
        }
    }

    [Theory]
    [InlineData(0, "1970-01-01")]
    [InlineData(-719162, "0001-01-01")]
    [InlineData(2932896, "9999-12-31")]
    public void A_date_is_a_DateTime_at_midnight(long days, string shown)
    {
        var date = Assert.IsType<DateTime>(RowTime.Date(days));

        Assert.Equal(shown, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal((TimeSpan.Zero, DateTimeKind.Unspecified), (date.TimeOfDay, date.Kind));
    }

    [Theory]
    [InlineData(-719163, "0001-12-31 (BC)")]
    [InlineData(2932897, "10000-01-01")]
    [InlineData(2147483646, "5881580-07-10")]
    [InlineData(-2147483646, "5877642-06-25 (BC)")]
    public void A_date_that_NET_does_not_know_is_text(long days, string text) => Assert.Equal(text, RowTime.Date(days));

    [Fact]
    public void A_moment_is_shown_by_the_clock_of_the_zone()
    {
        var berlin = RowTime.Zone("Europe/Berlin");

        Assert.Equal(
            new DateTimeOffset(2025, 7, 1, 2, 0, 0, TimeSpan.FromHours(2)), RowTime.Instant(Seconds(2025, 7, 1), 0, berlin));
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<DateTimeOffset>(RowTime.Instant(Seconds(2025, 1, 1), 0, berlin)).Offset);
        Assert.Equal("10000-01-01 00:00:01.000000001+00", RowTime.Instant(253402300801, 1, berlin));
        Assert.Equal(TimeSpan.Zero, Assert.IsType<DateTimeOffset>(RowTime.Instant(253402300799, 0, berlin)).Offset);
        Assert.Equal(TimeZoneInfo.Utc, RowTime.Zone("Nowhere/Land"));
    }

    [Theory]
    [InlineData(1_500_000, 1, 500_000_000)]
    [InlineData(-1, -1, 999_999_000)]
    [InlineData(-1_000_000, -1, 0)]
    public void Units_are_split_downwards(long micros, long seconds, int nanos) =>
        Assert.Equal((seconds, nanos), RowTime.Split(micros, 1_000_000));

    private static long Seconds(int year, int month, int day) =>
        (long)(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
