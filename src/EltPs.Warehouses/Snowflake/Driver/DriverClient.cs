using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Runs statements through Snowflake's ADO.NET driver, for the sign-ins that the SQL API has not.</summary>
/// <remarks>One session with Snowflake, one request at a time. Not part of the module: see <see cref="SnowflakeDriver"/>.</remarks>
internal sealed class DriverClient : ISnowflakeClient
{
    // The driver takes seconds and multiplies them by 1,000 in an int (SetTimeout in Core/SFStatement.cs).
    private const int LongestTimeout = int.MaxValue / 1000;

    // So that the deadline acts first, and the driver's own timer only if it cannot.
    private static readonly TimeSpan TimeoutMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly DbConnection _connection;
    private readonly SnowflakeOptions _options;
    private readonly string _timeZone;
    private readonly TimeProvider _time;
    private readonly DriverSession _session = new();

    private DriverClient(DbConnection connection, SnowflakeOptions options, string timeZone, TimeProvider time)
    {
        _connection = connection;
        _options = options;
        _timeZone = timeZone;
        _time = time;
    }

    /// <inheritdoc/>
    public string SignIn => $"{_options.Authenticator.InWords()}, ADO.NET driver";

    /// <summary>Loads the driver, signs in and sets the session's time zone.</summary>
    /// <param name="options">The connection.</param>
    /// <param name="timeZone">The session's time zone as an IANA name.</param>
    /// <param name="secrets">Reads the connection's secrets, for the driver and nothing else.</param>
    /// <param name="driverFolder">Where the driver is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException">
    /// DriverMissing, SecretMissing, InvalidConnection, SignInFailed, ConnectionFailed, StatementFailed (the time zone was refused).
    /// </exception>
    public static async Task<DriverClient> OpenAsync(
        SnowflakeOptions options,
        string timeZone,
        ConnectionSecrets secrets,
        string driverFolder,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var factory = SnowflakeDriver.Load(options.Name, driverFolder);
        var connectionString = await DriverConnectionString.BuildAsync(options, secrets, cancellationToken);
        var client = new DriverClient(factory.CreateConnection()!, options, timeZone, time);
        try
        {
            await client.SignInAsync(connectionString, cancellationToken);
            var setTimeZone = SnowflakeRequest.Query(DriverSession.TimeZone(timeZone));
            await client.RunAsync(setTimeZone, null, Guid.Empty, Deadline.None, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<SnowflakeResult> ExecuteAsync(SnowflakeRequest request, WorkScope scope, CancellationToken cancellationToken) => ToldAsync(
        request,
        scope,
        async (tag, requestId) =>
        {
            var result = await RunAsync(request, tag, requestId, scope.Deadline, cancellationToken);
            return (result, result.QueryId);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(scope);
        var request = SnowflakeRequest.Query(query.Sql) with { Rows = query };
        return ToldAsync<IRowReader>(
            request,
            scope,
            async (tag, requestId) =>
            {
                var command = CreateCommand(request, tag, scope.Deadline);
                try
                {
                    var statement = new DriverStatement(command, request, requestId, _time);
                    var translate = Translation(statement, request, requestId);
                    var reader = await statement.OpenAsync(scope.Deadline, translate, cancellationToken);
                    return (
                        new DriverRows(command, statement, reader, RowTime.Zone(_timeZone), translate, scope.Deadline), statement.QueryId);
                }
                catch
                {
                    await command.DisposeAsync();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Ends the session. What goes wrong then changes nothing any more.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The work is done, and whatever closing throws would hide its outcome.")]
    public async ValueTask DisposeAsync()
    {
        try
        {
            // Closing tells Snowflake, which may not answer, and the driver tries for minutes.
            await Task.Run(_connection.Dispose).WaitAsync(ClosePatience, _time);
        }
        catch (Exception)
        {
            // Snowflake ends an idle session by itself.
        }
    }

    private async Task<T> ToldAsync<T>(
        SnowflakeRequest request,
        WorkScope scope,
        Func<string, Guid, Task<(T Result, string? QueryId)>> work,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (scope.Deadline.IsLimited && scope.Deadline.Remaining == TimeSpan.Zero)
        {
            throw scope.Deadline.Exceeded("it");
        }

        var started = _time.GetTimestamp();
        var succeeded = false;
        string? queryId = null;
        try
        {
            var requestId = Guid.NewGuid();
            var tag = QueryTag.Create(scope, requestId);
            await SetAsync(_session.StatementTimeout(scope.Deadline), scope.Deadline, cancellationToken);
            if (!TagsCommands())
            {
                await SetAsync(_session.QueryTag(tag), scope.Deadline, cancellationToken);
            }

            (var result, queryId) = await work(tag, requestId);
            succeeded = true;
            return result;
        }
        catch (EltException failure)
        {
            queryId = failure.QueryId;
            if (failure.Kind == EltErrorKind.Unknown && cancellationToken.IsCancellationRequested)
            {
                // Whoever cancelled may be told no more than that it was cancelled.
                await scope.Observer.OnEventAsync(
                    new MessageRaised(MessageLevel.Warning, FailureText.Reason(failure)),
                    CancellationToken.None);
            }

            throw;
        }
        finally
        {
            var finished = new StatementFinished(request.Text, _time.GetElapsedTime(started), succeeded)
            {
                IsOfTable = request.IsOfTable,
                QueryId = queryId,
            };
            await scope.Observer.OnEventAsync(finished, CancellationToken.None);
        }
    }

    private async Task SignInAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            _connection.ConnectionString = connectionString;
            await _connection.OpenAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DriverErrors.TranslateOpen(exception, _options, SignIn, new SecretMask(connectionString));
        }
    }

    private async Task SetAsync(string? statement, Deadline deadline, CancellationToken cancellationToken)
    {
        if (statement is not null)
        {
            await RunAsync(SnowflakeRequest.Query(statement), null, Guid.Empty, deadline, cancellationToken);
            _session.Accepted(statement);
        }
    }

    // QueryTag in Client/SnowflakeDbCommand.cs of the driver; in a version without it the tag belongs to the session.
    private bool TagsCommands()
    {
        using var command = _connection.CreateCommand();
        return LateBound.Set(command, "QueryTag", string.Empty);
    }

    private async Task<SnowflakeResult> RunAsync(
        SnowflakeRequest request, string? tag, Guid requestId, Deadline deadline, CancellationToken cancellationToken)
    {
        using var command = CreateCommand(request, tag, deadline);
        var statement = new DriverStatement(command, request, requestId, _time);
        return await statement.RunAsync(deadline, Translation(statement, request, requestId), cancellationToken);
    }

    private Func<Exception, EltException> Translation(DriverStatement statement, SnowflakeRequest request, Guid requestId) =>
        exception => DriverErrors.Translate(
            exception,
            request,
            _options.Endpoint,
            statement.QueryId,
            requestId,
            new SecretMask(_connection.ConnectionString));

    [SuppressMessage("Security", "CA2100", Justification = "Running the pipeline's own SQL is what this is for.")]
    private DbCommand CreateCommand(SnowflakeRequest request, string? tag, Deadline deadline)
    {
        var command = _connection.CreateCommand();
        command.CommandText = request.Text;
        if (deadline.IsLimited)
        {
            command.CommandTimeout = (int)Math.Min(Math.Ceiling((deadline.Remaining + TimeoutMargin).TotalSeconds), LongestTimeout);
        }

        if (tag is not null)
        {
            LateBound.Set(command, "QueryTag", tag);
        }

        if (request.Statements.Count > 1)
        {
            // doc/Client/QueryingData.md of the driver: a request of several statements says how many, or Snowflake refuses it.
            var count = command.CreateParameter();
            count.ParameterName = "MULTI_STATEMENT_COUNT";
            count.DbType = System.Data.DbType.Int16;
            count.Value = (short)request.Statements.Count;
            command.Parameters.Add(count);
        }

        return command;
    }
}
