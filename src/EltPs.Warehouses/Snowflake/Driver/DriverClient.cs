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
    private readonly TimeProvider _time;
    private readonly DriverSession _session = new();

    private DriverClient(DbConnection connection, SnowflakeOptions options, TimeProvider time)
    {
        _connection = connection;
        _options = options;
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
        var client = new DriverClient(factory.CreateConnection()!, options, time);
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
    public async Task<SnowflakeResult> ExecuteAsync(SnowflakeRequest request, WorkScope scope, CancellationToken cancellationToken)
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

            var result = await RunAsync(request, tag, requestId, scope.Deadline, cancellationToken);
            (succeeded, queryId) = (true, result.QueryId);
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

    [SuppressMessage("Security", "CA2100", Justification = "Running the pipeline's own SQL is what this is for.")]
    private async Task<SnowflakeResult> RunAsync(
        SnowflakeRequest request, string? tag, Guid requestId, Deadline deadline, CancellationToken cancellationToken)
    {
        using var command = _connection.CreateCommand();
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

        var statement = new DriverStatement(command, request, requestId, _time);
        return await statement.RunAsync(
            deadline,
            exception =>
                DriverErrors.Translate(
                    exception,
                    request,
                    _options.Endpoint,
                    statement.QueryId,
                    requestId,
                    new SecretMask(_connection.ConnectionString)),
            cancellationToken);
    }
}
