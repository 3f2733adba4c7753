using DuckDB.NET.Native;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Reads the values of a vector, of any type, with those that lie within it.</summary>
/// <remarks>
/// The driver's own readers give a decimal of 38 digits rounded, fail at a date beyond the year 9999 and at a NULL within a list, and do
/// not know every type. Source: DuckDB documentation, "C API – Vectors".
/// </remarks>
/// <param name="zone">The zone in which moments are shown.</param>
/// <param name="cut">Called when digits of a time are cut off.</param>
internal sealed unsafe class VectorReader(TimeZoneInfo zone, Action cut)
{
    private const int SecondsOfSecond = 1;
    private const int MillisOfSecond = 1000;
    private const int MicrosOfSecond = 1_000_000;
    private const int NanosOfSecond = 1_000_000_000;

    /// <summary>What gives a vector's value at a place. It is good for as long as the vector is.</summary>
    public Func<long, object?> Of(IntPtr vector)
    {
        using var type = NativeMethods.Vectors.DuckDBVectorGetColumnType(vector);
        var read = Valid(vector, type);
        var validity = (IntPtr)NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        return validity == IntPtr.Zero ? read : row => IsValid(validity, row) ? read(row) : null;
    }

    private static bool IsValid(IntPtr validity, long row) => (((ulong*)validity)[row / 64] & (1UL << (int)(row % 64))) != 0;

    private Func<long, object?> Valid(IntPtr vector, DuckDBLogicalType type)
    {
        var id = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        switch (id)
        {
            case DuckDBType.Enum:
                return Enum(vector);
            case DuckDBType.Decimal:
                var (data, storage, scale) = (
                    Data(vector),
                    NativeMethods.LogicalType.DuckDBDecimalInternalType(type),
                    NativeMethods.LogicalType.DuckDBDecimalScale(type));
                return row => VectorCells.Decimal((void*)data, row, storage, scale);
            case DuckDBType.List:
                return List(vector);
            case DuckDBType.Array:
                return Array(vector, NativeMethods.LogicalType.DuckDBArrayVectorGetSize(type));
            case DuckDBType.Map:
                return Map(vector);
            case DuckDBType.Struct:
                return Struct(vector, type);
            case DuckDBType.Union:
                return Union(vector);
            case DuckDbTypes.SqlNull:
                return static _ => null;
            default:
                return Scalar(id, Data(vector));
        }
    }

    private Func<long, object?> Scalar(DuckDBType id, IntPtr data) => id switch
    {
        DuckDBType.Boolean => row => ((byte*)data)[row] != 0,
        DuckDBType.TinyInt => row => ((sbyte*)data)[row],
        DuckDBType.SmallInt => row => ((short*)data)[row],
        DuckDBType.Integer => row => ((int*)data)[row],
        DuckDBType.BigInt => row => ((long*)data)[row],
        DuckDBType.UnsignedTinyInt => row => ((byte*)data)[row],
        DuckDBType.UnsignedSmallInt => row => ((ushort*)data)[row],
        DuckDBType.UnsignedInteger => row => ((uint*)data)[row],
        DuckDBType.UnsignedBigInt => row => ((ulong*)data)[row],
        DuckDBType.HugeInt => row => VectorCells.HugeInt((void*)data, row),
        DuckDBType.UnsignedHugeInt => row => VectorCells.UnsignedHugeInt((void*)data, row),
        DuckDBType.VarInt => row => VectorCells.BigNum((void*)data, row),
        DuckDBType.Float => row => ((float*)data)[row],
        DuckDBType.Double => row => ((double*)data)[row],
        DuckDBType.Date => row => VectorCells.Date((void*)data, row),
        DuckDBType.Time => row => VectorCells.Time((void*)data, row),
        DuckDbTypes.TimeNs => row => VectorCells.TimeNs((void*)data, row, cut),
        DuckDBType.TimeTz => row => VectorCells.TimeTz((void*)data, row),
        DuckDBType.TimestampS => row => VectorCells.Timestamp((void*)data, row, SecondsOfSecond, null, cut),
        DuckDBType.TimestampMs => row => VectorCells.Timestamp((void*)data, row, MillisOfSecond, null, cut),
        DuckDBType.Timestamp => row => VectorCells.Timestamp((void*)data, row, MicrosOfSecond, null, cut),
        DuckDBType.TimestampNs => row => VectorCells.Timestamp((void*)data, row, NanosOfSecond, null, cut),
        DuckDBType.TimestampTz => row => VectorCells.Timestamp((void*)data, row, MicrosOfSecond, zone, cut),
        DuckDBType.Interval => row => VectorCells.Interval((void*)data, row),
        DuckDBType.Varchar => row => VectorCells.Text((void*)data, row),
        DuckDBType.Blob => row => VectorCells.Bytes((void*)data, row).ToArray(),
        DuckDBType.Bit => row => VectorCells.Bits((void*)data, row),
        DuckDBType.Uuid => row => VectorCells.Uuid((void*)data, row),
        _ => throw new EltException(
            EltErrorKind.StatementFailed,
            $"A value of type {DuckDbTypes.Name(id)} within another one cannot be read; write CAST(… AS VARCHAR) in the query."),
    };

    // The type has the texts; it is let go with the reader, and only those are asked for that occur.
    private static Func<long, object?> Enum(IntPtr vector)
    {
        var data = Data(vector);
        var type = NativeMethods.Vectors.DuckDBVectorGetColumnType(vector);
        var storage = NativeMethods.LogicalType.DuckDBEnumInternalType(type);
        var texts = new string?[NativeMethods.LogicalType.DuckDBEnumDictionarySize(type)];
        return row =>
        {
            var place = storage switch
            {
                DuckDBType.UnsignedTinyInt => ((byte*)data)[row],
                DuckDBType.UnsignedSmallInt => ((ushort*)data)[row],
                _ => ((uint*)data)[row],
            };
            return texts[place] ??= NativeMethods.LogicalType.DuckDBEnumDictionaryValue(type, place);
        };
    }

    private Func<long, object?> List(IntPtr vector)
    {
        var entries = Data(vector);
        var child = Of(NativeMethods.Vectors.DuckDBListVectorGetChild(vector));
        return row =>
        {
            var (first, count) = Entry(entries, row);
            return Values(child, first, count);
        };
    }

    private Func<long, object?> Array(IntPtr vector, long size)
    {
        var child = Of(NativeMethods.Vectors.DuckDBArrayVectorGetChild(vector));
        return row => Values(child, row * size, size);
    }

    private Func<long, object?> Map(IntPtr vector)
    {
        var entries = Data(vector);
        var pairs = NativeMethods.Vectors.DuckDBListVectorGetChild(vector);
        var key = Of(NativeMethods.Vectors.DuckDBStructVectorGetChild(pairs, 0));
        var value = Of(NativeMethods.Vectors.DuckDBStructVectorGetChild(pairs, 1));
        return row =>
        {
            var (first, count) = Entry(entries, row);
            var map = new OrderedDictionary<object, object?>();
            for (var at = first; at < first + count; at++)
            {
                map[key(at)!] = value(at);
            }

            return map;
        };
    }

    private Func<long, object?> Struct(IntPtr vector, DuckDBLogicalType type)
    {
        var fields = new (string Name, Func<long, object?> Read)[NativeMethods.LogicalType.DuckDBStructTypeChildCount(type)];
        for (var at = 0; at < fields.Length; at++)
        {
            fields[at] = (
                NativeMethods.LogicalType.DuckDBStructTypeChildName(type, at),
                Of(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, at)));
        }

        return row => new RowRecord([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Read(row)))]);
    }

    // A struct whose first field says which of the others has the value. Only those are looked at that have one.
    private Func<long, object?> Union(IntPtr vector)
    {
        var tags = Data(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, 0));
        var members = new Dictionary<byte, Func<long, object?>>();
        return row =>
        {
            var tag = ((byte*)tags)[row];
            if (!members.TryGetValue(tag, out var member))
            {
                members[tag] = member = Of(NativeMethods.Vectors.DuckDBStructVectorGetChild(vector, tag + 1));
            }

            return member(row);
        };
    }

    private static object?[] Values(Func<long, object?> read, long first, long count)
    {
        var values = new object?[count];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = read(first + at);
        }

        return values;
    }

    private static (long First, long Count) Entry(IntPtr entries, long row) => (((long*)entries)[2 * row], ((long*)entries)[(2 * row) + 1]);

    private static IntPtr Data(IntPtr vector) => (IntPtr)NativeMethods.Vectors.DuckDBVectorGetData(vector);
}
