using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Secrets;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Runs statements over Snowflake's SQL REST API, without any driver.</summary>
/// <remarks>Snowflake: "Snowflake SQL API". Signing in needs no request of its own: each one carries a token.</remarks>
internal sealed class SqlApiClient : ISnowflakeClient
{
    private readonly SqlApiSession _session;

    /// <summary>Makes one; it opens no connection. It owns the tokens.</summary>
    /// <param name="options">The connection.</param>
    /// <param name="timeZone">The time zone of each request.</param>
    /// <param name="tokens">Signs in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="limits">How long to wait for what.</param>
    internal SqlApiClient(SnowflakeOptions options, string timeZone, ITokenSource tokens, TimeProvider time, SqlApiLimits limits) =>
        _session = new SqlApiSession(
            options,
            timeZone,
            new SqlApiTransport(options.Endpoint, tokens, time, limits.Attempt),
            new Resender(limits, time),
            limits,
            time);

    /// <inheritdoc/>
    public string SignIn => $"{_session.Options.Authenticator.InWords()}, SQL API";

    /// <summary>Reads what the connection signs in with; nothing is sent.</summary>
    /// <param name="options">The connection.</param>
    /// <param name="timeZone">The session's time zone, such as <c>Europe/Berlin</c>.</param>
    /// <param name="secrets">Reads secrets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException">
    /// SecretMissing: the key's file, its passphrase or the token is not there. InvalidConnection: it is there, but nothing can sign in
    /// with it, or the connection lacks a value.
    /// </exception>
    public static async Task<SqlApiClient> CreateAsync(
        SnowflakeOptions options, string timeZone, ConnectionSecrets secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var tokens = await CreateTokensAsync(options, secrets, time, cancellationToken);
        return new SqlApiClient(options, timeZone, tokens, time, SqlApiLimits.Default);
    }

    /// <inheritdoc/>
    public async Task<SnowflakeResult> ExecuteAsync(SnowflakeRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var run = new StatementRun(_session, request, scope);
        return await ToldAsync(run, request, scope, () => run.ExecuteAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var request = SnowflakeRequest.Query(query.Sql) with { Rows = query, IsOfTable = true };
        var run = new StatementRun(_session, request, scope);
        try
        {
            var first = await ToldAsync(run, request, scope, () => run.BeginAsync(cancellationToken));
            return new SqlApiRows(run, first, RowTime.Zone(_session.TimeZone));
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _session.Transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> ToldAsync<T>(StatementRun run, SnowflakeRequest request, WorkScope scope, Func<Task<T>> work)
    {
        var started = _session.Time.GetTimestamp();
        var succeeded = false;
        try
        {
            var result = await work();
            succeeded = true;
            return result;
        }
        finally
        {
            var finished = new StatementFinished(request.Text, _session.Time.GetElapsedTime(started), succeeded)
            {
                IsOfTable = request.IsOfTable,
                QueryId = run.Handle,
            };
            await scope.Observer.OnEventAsync(finished, CancellationToken.None);
        }
    }

    private static async Task<ITokenSource> CreateTokensAsync(
        SnowflakeOptions options, ConnectionSecrets secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var what = options.Title;
        switch (options.Authenticator)
        {
            case SnowflakeAuthenticator.KeyPair:
                var user = options.User ?? throw Missing(what, "User", "a key pair belongs to a user");
                var path = options.PrivateKeyFile ?? throw Missing(what, "PrivateKeyFile", "it signs in with a key pair");
                var passphrase = options.PrivateKeyPassphrase is { } reference
                    ? Reader(reference, SnowflakeKeys.PrivateKeyPassphrase, options, secrets)
                    : null;
                var key = await PrivateKeyReader.ReadAsync(path, passphrase, what, cancellationToken);
                return new KeyPairTokens(options.Account, user, key, time);

            case SnowflakeAuthenticator.OAuth or SnowflakeAuthenticator.ProgrammaticAccessToken:
                var token = options.Token ?? throw Missing(what, "Token", "it signs in with one");
                var tokens = new FixedToken(
                    options.Authenticator == SnowflakeAuthenticator.OAuth,
                    Reader(token, SnowflakeKeys.Token, options, secrets),
                    what);

                // Now, so that a token that is not there is told before anything runs.
                await tokens.GetAsync(cancellationToken);
                return tokens;

            default:
                throw new EltException(
                    EltErrorKind.InvalidConnection,
                    $"{what}: {options.Authenticator} does not work over the SQL API; it needs the ADO.NET driver.");
        }
    }

    private static Func<CancellationToken, Task<string>> Reader(
        SecretReference reference,
        string key,
        SnowflakeOptions options,
        ConnectionSecrets secrets) => cancellationToken => secrets.ReadAsync(reference, key, options, cancellationToken);

    private static EltException Missing(string what, string key, string reason) =>
        new(EltErrorKind.InvalidConnection, $"{what} lacks {key}: {reason}.");
}
