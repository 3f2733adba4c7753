using System.Data.Common;

namespace Snowflake.Data.Client;

/// <summary>Like the driver's: its SqlState hides the base type's, and its message wraps Snowflake's.</summary>
public sealed class SnowflakeDbException(string? sqlState, int vendorCode, string message, string? queryId, Exception? inner = null) : DbException($"Error: {message} SqlState: {sqlState}, VendorCode: {vendorCode}, QueryId: {queryId}", inner)
{
    internal const string ConnectionFailure = "08006";
    internal const int Internal = 270001;
    internal const int InvalidConnectionString = 270008;

    private readonly int _vendorCode = vendorCode;

    public new string? SqlState { get; } = sqlState;

    public string? QueryId { get; } = queryId;

    public override int ErrorCode => _vendorCode;
}
