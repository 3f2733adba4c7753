using System.Data.Common;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>A value of the driver as the SQL API's client gives it too.</summary>
/// <remarks>
/// Source: the driver's documentation, "Data Types and Formats". A number is asked for as text: as a value, one of more than 28 digits is
/// an overflow there.
/// </remarks>
internal static class DriverCell
{
    /// <summary>The value; null for NULL.</summary>
    /// <param name="reader">Stands on the row.</param>
    /// <param name="column">The place of the column.</param>
    /// <param name="type">Its type in upper case.</param>
    /// <param name="zone">The session's zone.</param>
    public static object? Read(DbDataReader reader, int column, string type, TimeZoneInfo zone) => type switch
    {
        _ when reader.IsDBNull(column) => null,
        "FIXED" or "NUMBER" => Number(reader.GetString(column)),
        "DECFLOAT" => RowValue.Decimal(reader.GetString(column)),
        _ => (type, reader.GetValue(column)) switch
        {
            ("TIMESTAMP_LTZ", DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone),
            ("TIME", DateTime time) => time.TimeOfDay,
            (_, DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
            (_, bool or double or float or byte[] or string or DateTimeOffset or TimeSpan) known => known.Item2,
            var other => CellText.From(other.Item2),
        },
    };

    private static object Number(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? RowValue.Decimal(text) : RowValue.Whole(text);
}
