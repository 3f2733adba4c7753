using System.Data.Common;

namespace Snowflake.Data.Client;

/// <summary>Like the driver's: its SqlState hides the base type's, and its message wraps Snowflake's.</summary>
public sealed class SnowflakeDbException : DbException
{
    internal const string ConnectionFailure = "08006";
    internal const int Internal = 270001;
    internal const int InvalidConnectionString = 270008;

    private readonly int _vendorCode;

    public SnowflakeDbException(string? sqlState, int vendorCode, string message, string? queryId, Exception? inner = null)
        : base($"Error: {message} SqlState: {sqlState}, VendorCode: {vendorCode}, QueryId: {queryId}", inner)
    {
        SqlState = sqlState;
        _vendorCode = vendorCode;
        QueryId = queryId;
    }

    public new string? SqlState { get; }

    public string? QueryId { get; }

    public override int ErrorCode => _vendorCode;
}
