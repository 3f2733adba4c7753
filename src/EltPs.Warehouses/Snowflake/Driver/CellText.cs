using System.Globalization;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>A value of a result as text, the same on every machine.</summary>
internal static class CellText
{
    /// <summary>The text; null for NULL. Numbers and true/false are as the SQL API writes them; a date or a time is in ISO order.</summary>
    public static string? From(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
