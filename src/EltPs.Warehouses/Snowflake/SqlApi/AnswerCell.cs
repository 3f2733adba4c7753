using System.Globalization;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Reads the values of a column, which the SQL API writes as text.</summary>
/// <remarks>
/// Snowflake: "Handling responses", getting the data from the results. A DATE is days and a TIME or TIMESTAMP seconds since 1970-01-01,
/// with nine digits behind the point; a TIMESTAMP_TZ has its offset behind that, in minutes and raised by 1440. What is not as documented
/// stays text, and so do VARIANT, OBJECT, ARRAY and the geographic types, whose text is JSON.
/// </remarks>
/// <param name="column">The column.</param>
/// <param name="zone">The session's zone, in which a TIMESTAMP_LTZ is shown.</param>
internal sealed class AnswerCell(AnswerColumn column, TimeZoneInfo zone)
{
    private const int FractionDigits = 9;
    private const int OffsetOfUtc = 1440;

    /// <summary>The value of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isCut">Whether digits below 100 nanoseconds were cut off.</param>
    public object Read(string text, out bool isCut)
    {
        isCut = false;
        switch (column.Type)
        {
            case "FIXED" or "NUMBER":
                return column.Scale == 0 ? RowValue.Whole(text) : RowValue.Decimal(text);
            case "DECFLOAT":
                return RowValue.Decimal(text);
            case "REAL" or "FLOAT" or "DOUBLE":
                return Real(text);
            case "BOOLEAN":
                return text switch { "true" or "1" => true, "false" or "0" => false, _ => text };
            case "DATE":
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
                    ? RowTime.Date(days)
                    : text;
            case "TIME" when TryRead(text, out var time):
                isCut = IsCut(time.Nanos);
                return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanos / RowTime.NanosOfTick));
            case "TIMESTAMP_NTZ" when TryRead(text, out var local):
                isCut = IsCut(local.Nanos);
                return RowTime.Local(local.Seconds, local.Nanos);
            case "TIMESTAMP_LTZ" when TryRead(text, out var moment):
                isCut = IsCut(moment.Nanos);
                return RowTime.Instant(moment.Seconds, moment.Nanos, zone);
            case "TIMESTAMP_TZ" when text.Split(' ') is [var seconds, var minutes]
                && TryRead(seconds, out var offsetMoment)
                && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var offset):
                isCut = IsCut(offsetMoment.Nanos);
                return RowTime.At(offsetMoment.Seconds, offsetMoment.Nanos, TimeSpan.FromMinutes(offset - OffsetOfUtc));
            case "BINARY":
                return Bytes(text);
            default:
                return text;
        }
    }

    private static bool IsCut(int nanos) => nanos % RowTime.NanosOfTick != 0;

    private static object Real(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => text,
    };

    private static object Bytes(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return text;
        }
    }

    // Rounded down, as a negative number with a fraction is not written.
    private static bool TryRead(string text, out (long Seconds, int Nanos) value)
    {
        value = default;
        var isNegative = text.StartsWith('-');
        var parts = text.TrimStart('-').Split('.');
        var fraction = parts.Length == 2 ? parts[1] : string.Empty;
        if (parts.Length > 2
            || fraction.Length > FractionDigits
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !int.TryParse(fraction.PadRight(FractionDigits, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var nanos))
        {
            return false;
        }

        value = (isNegative, nanos) switch
        {
            (false, _) => (seconds, nanos),
            (true, 0) => (-seconds, 0),
            _ => (-seconds - 1, 1_000_000_000 - nanos),
        };
        return true;
    }
}
