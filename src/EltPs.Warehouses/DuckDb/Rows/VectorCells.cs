using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using DuckDB.NET.Native;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Single values, read where they lie in a vector.</summary>
/// <remarks>Source: DuckDB documentation, "C API – Vectors", "C API – Types".</remarks>
internal static unsafe class VectorCells
{
    private const int NanosOfSecond = 1_000_000_000;

    /// <summary>A wide whole number of two's complement.</summary>
    public static object HugeInt(void* data, long row) => RowValue.Whole((BigInteger)((Int128*)data)[row]);

    /// <summary>The same without a sign.</summary>
    public static object UnsignedHugeInt(void* data, long row) => RowValue.Whole((BigInteger)((UInt128*)data)[row]);

    /// <summary>A decimal number.</summary>
    /// <param name="data">The vector's values.</param>
    /// <param name="row">The place.</param>
    /// <param name="storage">The whole number that it is kept as.</param>
    /// <param name="scale">How many of its digits are behind the point.</param>
    public static object Decimal(void* data, long row, DuckDBType storage, int scale) => RowValue.Decimal(
        storage switch
        {
            DuckDBType.SmallInt => ((short*)data)[row],
            DuckDBType.Integer => ((int*)data)[row],
            DuckDBType.BigInt => ((long*)data)[row],
            _ => ((Int128*)data)[row],
        },
        scale);

    /// <summary>A whole number of any length: three bytes of sign and length, then its digits, inverted if it is negative.</summary>
    public static object BigNum(void* data, long row)
    {
        var bytes = Bytes(data, row);
        var isNegative = (bytes[0] & 0x80) == 0;
        var magnitude = bytes[3..].ToArray();
        if (isNegative)
        {
            for (var at = 0; at < magnitude.Length; at++)
            {
                magnitude[at] = (byte)~magnitude[at];
            }
        }

        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        return RowValue.Whole(isNegative ? -value : value);
    }

    /// <summary>A UUID, which is kept as a wide number whose sign is turned over, so that it sorts.</summary>
    public static object Uuid(void* data, long row)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, ((UInt128*)data)[row] ^ (UInt128.One << 127));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A date; the infinite ones are text.</summary>
    public static object Date(void* data, long row) => ((int*)data)[row] switch
    {
        int.MaxValue => "infinity",
        -int.MaxValue => "-infinity",
        var days => RowTime.Date(days),
    };

    /// <summary>A time of no zone; 24:00:00 is one.</summary>
    public static object Time(void* data, long row) => TimeSpan.FromTicks(((long*)data)[row] * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same with nanoseconds.</summary>
    public static object TimeNs(void* data, long row, Action cut)
    {
        var nanos = ((long*)data)[row];
        Cut((int)(nanos % NanosOfSecond), cut);
        return TimeSpan.FromTicks(nanos / RowTime.NanosOfTick);
    }

    /// <summary>A time with an offset, as text: without its day it is no moment.</summary>
    public static object TimeTz(void* data, long row)
    {
        // 40 bits of microseconds, then 24 that hold the offset counted down from 15:59:59 ("TIMETZ" in DuckDB's datetime.hpp).
        const int MostOffset = (16 * 60 * 60) - 1;
        var bits = ((ulong*)data)[row];
        var time = TimeSpan.FromTicks((long)(bits >> 24) * TimeSpan.TicksPerMicrosecond);
        var offset = TimeSpan.FromSeconds(MostOffset - (int)(bits & 0xFF_FFFF));
        var format = offset.Seconds != 0 ? @"hh\:mm\:ss" : offset.Minutes != 0 ? @"hh\:mm" : "hh";
        return $"{Clock(time)}{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString(format, CultureInfo.InvariantCulture)}";
    }

    /// <summary>A date and a time; the infinite ones are text.</summary>
    /// <param name="data">The vector's values.</param>
    /// <param name="row">The place.</param>
    /// <param name="unitsOfSecond">The units of the type that a second has.</param>
    /// <param name="zone">The zone in which a moment is shown; null for a time of no zone.</param>
    /// <param name="cut">Called if digits are cut off.</param>
    public static object Timestamp(void* data, long row, long unitsOfSecond, TimeZoneInfo? zone, Action cut)
    {
        var units = ((long*)data)[row];
        if (units is long.MaxValue or -long.MaxValue)
        {
            return units > 0 ? "infinity" : "-infinity";
        }

        var (seconds, nanos) = RowTime.Split(units, unitsOfSecond);
        Cut(nanos, cut);
        return zone is null ? RowTime.Local(seconds, nanos) : RowTime.Instant(seconds, nanos, zone);
    }

    /// <summary>An interval: a duration, or text if it has months, whose length is not known without a date.</summary>
    public static object Interval(void* data, long row)
    {
        var at = (byte*)data + (row * 16);
        var (months, days, micros) = (*(int*)at, *(int*)(at + 4), *(long*)(at + 8));
        var ticks = ((Int128)days * TimeSpan.TicksPerDay) + ((Int128)micros * TimeSpan.TicksPerMicrosecond);
        if (months == 0 && ticks >= long.MinValue && ticks <= long.MaxValue)
        {
            return TimeSpan.FromTicks((long)ticks);
        }

        var text = new List<string>();
        Part(months / 12, "year");
        Part(months % 12, "month");
        Part(days, "day");
        if (micros != 0)
        {
            var time = TimeSpan.FromTicks((long)Int128.Clamp(Int128.Abs((Int128)micros * TimeSpan.TicksPerMicrosecond), 0, long.MaxValue));
            text.Add((micros < 0 ? "-" : string.Empty) + Clock(time));
        }

        return string.Join(' ', text);

        void Part(int count, string unit)
        {
            if (count != 0)
            {
                text.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count is 1 or -1 ? string.Empty : "s")}"));
            }
        }
    }

    /// <summary>Text.</summary>
    public static string Text(void* data, long row) => Encoding.UTF8.GetString(Bytes(data, row));

    /// <summary>Bits as text of 0 and 1; the first byte tells how many of the second one's are no part of it.</summary>
    public static object Bits(void* data, long row)
    {
        var bytes = Bytes(data, row);
        var text = new StringBuilder();
        foreach (var value in bytes[1..])
        {
            text.Append(Convert.ToString(value, 2).PadLeft(8, '0'));
        }

        return text.ToString(bytes[0], text.Length - bytes[0]);
    }

    /// <summary>The bytes of a text or a blob: those of up to 12 lie in the vector, others where it points to.</summary>
    public static ReadOnlySpan<byte> Bytes(void* data, long row)
    {
        var at = (byte*)data + (row * 16);
        var length = (int)*(uint*)at;
        return new ReadOnlySpan<byte>(length <= 12 ? at + 4 : *(byte**)(at + 8), length);
    }

    private static string Clock(TimeSpan time)
    {
        var fraction = (time.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerMicrosecond;
        var behind = fraction == 0 ? string.Empty : "." + fraction.ToString("000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{behind}");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cut(int nanos, Action cut)
    {
        if (nanos % RowTime.NanosOfTick != 0)
        {
            cut();
        }
    }
}
