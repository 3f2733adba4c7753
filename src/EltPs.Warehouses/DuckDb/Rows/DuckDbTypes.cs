using DuckDB.NET.Native;

namespace EltPs.Warehouses.DuckDb;

/// <summary>The types of a result's columns, and which of them have a form that is read.</summary>
/// <remarks>Source: DuckDB documentation, "C API – Types"; the numbers from <c>duckdb.h</c> of version 1.5.</remarks>
internal static class DuckDbTypes
{
    /// <summary>TIME with nanoseconds, which the driver's enumeration lacks.</summary>
    public const DuckDBType TimeNs = (DuckDBType)39;

    /// <summary>What a query without a value has as its type: <c>SELECT NULL</c> in a list.</summary>
    public const DuckDBType SqlNull = (DuckDBType)36;

    /// <summary>Its name, as DuckDB writes it.</summary>
    public static string Name(DuckDBType type) => type switch
    {
        DuckDBType.HugeInt => "HUGEINT",
        DuckDBType.UnsignedHugeInt => "UHUGEINT",
        DuckDBType.UnsignedTinyInt => "UTINYINT",
        DuckDBType.UnsignedSmallInt => "USMALLINT",
        DuckDBType.UnsignedInteger => "UINTEGER",
        DuckDBType.UnsignedBigInt => "UBIGINT",
        DuckDBType.VarInt => "BIGNUM",
        DuckDBType.TimestampS => "TIMESTAMP_S",
        DuckDBType.TimestampMs => "TIMESTAMP_MS",
        DuckDBType.TimestampNs => "TIMESTAMP_NS",
        DuckDBType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDBType.TimeTz => "TIME WITH TIME ZONE",
        TimeNs => "TIME_NS",
        SqlNull => "NULL",
        _ when Enum.IsDefined(type) => type.ToString().ToUpperInvariant(),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"TYPE {(int)type}"),
    };

    /// <summary>
    /// Whether values of a type, and of all types within it, are read as they lie in a vector. The others (VARIANT, GEOMETRY, and what a
    /// later version may bring) are asked for as text. What is in a UNION is only told by its vectors.
    /// </summary>
    public static bool IsRead(DuckDBLogicalType type)
    {
        var id = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        switch (id)
        {
            case DuckDBType.List:
                using (var child = NativeMethods.LogicalType.DuckDBListTypeChildType(type))
                {
                    return IsRead(child);
                }

            case DuckDBType.Array:
                using (var child = NativeMethods.LogicalType.DuckDBArrayTypeChildType(type))
                {
                    return IsRead(child);
                }

            case DuckDBType.Map:
                using (var key = NativeMethods.LogicalType.DuckDBMapTypeKeyType(type))
                using (var value = NativeMethods.LogicalType.DuckDBMapTypeValueType(type))
                {
                    return IsRead(key) && IsRead(value);
                }

            case DuckDBType.Struct:
                return Enumerable.Range(0, (int)NativeMethods.LogicalType.DuckDBStructTypeChildCount(type)).All(field =>
                {
                    using var child = NativeMethods.LogicalType.DuckDBStructTypeChildType(type, field);
                    return IsRead(child);
                });

            default:
                return IsRead(id);
        }
    }

    private static bool IsRead(DuckDBType id) => id
        is DuckDBType.Boolean or DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt
        or DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger or DuckDBType.UnsignedBigInt
        or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.VarInt or DuckDBType.Float or DuckDBType.Double
        or DuckDBType.Decimal or DuckDBType.Date or DuckDBType.Time or TimeNs or DuckDBType.TimeTz or DuckDBType.Interval
        or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz
        or DuckDBType.Varchar or DuckDBType.Blob or DuckDBType.Bit or DuckDBType.Enum or DuckDBType.Uuid or DuckDBType.Union or SqlNull;
}
