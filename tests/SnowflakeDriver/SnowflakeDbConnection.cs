using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

using EltPs.Tests.SnowflakeDriverDependency;

namespace Snowflake.Data.Client;

public sealed class SnowflakeDbConnection : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = string.Empty;

    public override string Database => string.Empty;

    public override string DataSource => string.Empty;

    /// <summary>The version of the dependency that it came to run with.</summary>
    public override string ServerVersion => Dependency.Version;

    public override ConnectionState State => _state;

    internal SqlApi? Api { get; private set; }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
        Api?.Dispose();
        Api = null;
        _state = ConnectionState.Closed;
    }

    public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Signs in. The SQL API knows no such thing, so it asks something, and only a refused token counts.</summary>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            Api = new SqlApi(ConnectionString);
            _ = await Api.SubmitAsync("SELECT 1", queryTag: null, statementCount: null, cancellationToken);
        }
        catch (SnowflakeDbException refused) when (refused.ErrorCode / 1000 != 390)
        {
            // It was let in, whatever it thought of the question.
        }
        catch (SnowflakeDbException refused)
        {
            var nested = new AggregateException(refused);
            throw new SnowflakeDbException(
                SnowflakeDbException.ConnectionFailure,
                SnowflakeDbException.Internal,
                $"Snowflake Internal Error: Unable to connect. {nested.Message}",
                null,
                nested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new TaskCanceledException("Connecting was cancelled");
        }
        catch (Exception failure)
        {
            // As the driver's retries do, it writes the last exception out, with whatever that says.
            throw new SnowflakeDbException(
                SnowflakeDbException.ConnectionFailure,
                SnowflakeDbException.Internal,
                "Snowflake Internal Error: Unable to connect",
                null,
                failure);
        }

        _state = ConnectionState.Open;
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new SnowflakeDbCommand { Connection = this };

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }
}
