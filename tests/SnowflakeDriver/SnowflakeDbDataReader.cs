using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Snowflake.Data.Client;

/// <summary>Like the driver's, it gives numbers and booleans as such, and its first result stands ready.</summary>
[SuppressMessage("Design", "CA1010", Justification = "No DbDataReader enumerates more than DbDataRecords.")]
public sealed class SnowflakeDbDataReader : DbDataReader
{
    private readonly SqlApi _api;
    private readonly string _queryId;
    private readonly IReadOnlyList<string> _handles;
    private SqlApiAnswer? _answer;
    private IReadOnlyList<JsonElement> _rows;
    private IReadOnlyList<(string Name, string Type)> _columns;
    private int _result;
    private int _row = -1;

    internal SnowflakeDbDataReader(SqlApi api, string queryId, IReadOnlyList<string> handles, SqlApiAnswer? first)
    {
        (_api, _queryId, _handles, _answer) = (api, queryId, handles, first);
        (_rows, _columns) = (first?.Rows ?? [], first?.Columns ?? []);
    }

    public override int Depth => 0;

    public override int FieldCount => _columns.Count;

    public override bool HasRows => _rows.Count > 0;

    public override bool IsClosed => _answer is null;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public string GetQueryId() => _queryId;

    public override bool Read() => ++_row < _rows.Count;

    public override bool NextResult() => NextResultAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        if (++_result >= _handles.Count)
        {
            return false;
        }

        var answer = await _api.GetAsync(_handles[_result], cancellationToken);
        _answer = await SnowflakeDbCommand.WaitAsync(_api, answer, cancellationToken);
        (_rows, _columns, _row) = (_answer.Rows, _answer.Columns, -1);
        return true;
    }

    public override object GetValue(int ordinal)
    {
        var cell = _rows[_row][ordinal];
        return cell.ValueKind == JsonValueKind.Null ? DBNull.Value : _columns[ordinal].Type.ToUpperInvariant() switch
        {
            "FIXED" => decimal.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
            "REAL" => double.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
            "BOOLEAN" => bool.Parse(cell.GetString()!),
            "DATE" => DateTime.UnixEpoch.AddDays(int.Parse(cell.GetString()!, CultureInfo.InvariantCulture)),
            "TIME" or "TIMESTAMP_NTZ" => DateTime.SpecifyKind(Moment(cell.GetString()!), DateTimeKind.Unspecified),
            "TIMESTAMP_LTZ" => new DateTimeOffset(Moment(cell.GetString()!)).ToLocalTime(),
            "TIMESTAMP_TZ" => Offset(cell.GetString()!.Split(' ')),
            "BINARY" => Convert.FromHexString(cell.GetString()!),
            _ => cell.GetString()!,
        };
    }

    // As the driver, it drops digits below 100 nanoseconds.
    private static DateTime Moment(string seconds) =>
        DateTime.UnixEpoch.AddTicks((long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));

    private static DateTimeOffset Offset(string[] parts) =>
        new DateTimeOffset(Moment(parts[0])).ToOffset(TimeSpan.FromMinutes(int.Parse(parts[1], CultureInfo.InvariantCulture) - 1440));

    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;

    public override string GetName(int ordinal) => _columns[ordinal].Name;

    public override int GetOrdinal(string name) => _columns.ToList().FindIndex(column => column.Name == name);

    public override string GetDataTypeName(int ordinal) => _columns[ordinal].Type;

    public override Type GetFieldType(int ordinal) => typeof(object);

    /// <summary>Like the driver's, it gives a number as it came.</summary>
    public override string GetString(int ordinal) => _rows[_row][ordinal].GetString()!;

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) => (decimal)GetValue(ordinal);

    public override double GetDouble(int ordinal) => (double)GetValue(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override short GetInt16(int ordinal) => throw new NotSupportedException();

    public override int GetInt32(int ordinal) => (int)GetDecimal(ordinal);

    public override long GetInt64(int ordinal) => (long)GetDecimal(ordinal);

    public override int GetValues(object[] values) => throw new NotSupportedException();
}
