using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Snowflake.Data.Client;

public sealed class SnowflakeDbCommand : DbCommand
{
    private readonly SnowflakeDbParameterCollection _parameters = new();
    private SnowflakeDbConnection? _connection;
    private string? _handle;

    [AllowNull]
    public override string CommandText { get; set; } = string.Empty;

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    public string? QueryTag { get; set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (SnowflakeDbConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    private SqlApi Api =>
        _connection?.Api ?? throw new SnowflakeDbException(null, 270059, "Executing command on a non-opened connection.", null);

    public string? GetQueryId() => _handle;

    /// <summary>Like the driver's: does nothing while there is nothing to cancel, else waits for the answer to the cancel.</summary>
    public override void Cancel()
    {
        if (_handle is { } handle)
        {
            Api.CancelAsync(handle).GetAwaiter().GetResult();
        }
    }

    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        await using (var reader = await ExecuteDbDataReaderAsync(CommandBehavior.Default, cancellationToken))
        {
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }

        return 0;
    }

    public override object? ExecuteScalar() => throw new NotSupportedException();

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => new SnowflakeDbParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        ExecuteDbDataReaderAsync(behavior, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs it to its end. Like the driver, it cancels in Snowflake when the token is cancelled or the time is over.</summary>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        if (Api.TrySetSession(CommandText))
        {
            return new SnowflakeDbDataReader(Api, "session", [], first: null);
        }

        using var timeout =
            CommandTimeout > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(CommandTimeout)) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var cancel = either.Token.Register(Cancel);
        var answer = await Api.SubmitAsync(CommandText, QueryTag, StatementCount(), cancellationToken);
        _handle = answer.Handle;
        answer = await WaitAsync(Api, answer, cancellationToken);
        return answer.Handles is { Count: > 0 } handles
            ? new SnowflakeDbDataReader(Api, answer.Handle, handles, await FirstAsync(handles, cancellationToken))
            : new SnowflakeDbDataReader(Api, answer.Handle, [], answer);
    }

    internal static async Task<SqlApiAnswer> WaitAsync(SqlApi api, SqlApiAnswer answer, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(5);
        while (answer.IsRunning)
        {
            await Task.Delay(wait, cancellationToken);
            wait = wait < TimeSpan.FromMilliseconds(100) ? wait * 2 : wait;
            answer = await api.GetAsync(answer.Handle, cancellationToken);
        }

        return answer;
    }

    private async Task<SqlApiAnswer> FirstAsync(IReadOnlyList<string> handles, CancellationToken cancellationToken) =>
        await WaitAsync(Api, await Api.GetAsync(handles[0], cancellationToken), cancellationToken);

    private string? StatementCount() => _parameters.IndexOf("MULTI_STATEMENT_COUNT") is >= 0 and var index
        ? Convert.ToString(_parameters[index].Value, CultureInfo.InvariantCulture)
        : null;
}
