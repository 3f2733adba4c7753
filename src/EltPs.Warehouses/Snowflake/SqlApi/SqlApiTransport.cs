using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

using EltPs.Engine.Errors;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>
/// Sends single HTTP requests, signed in, and says what became of each. Sends nothing again but what was refused for its token.
/// </summary>
/// <remarks>Snowflake: "Snowflake SQL API reference", request headers.</remarks>
internal sealed class SqlApiTransport : IDisposable
{
    private static readonly string Version = typeof(SqlApiTransport).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;

    /// <summary>Makes one; it opens no connection. It owns the tokens.</summary>
    /// <param name="endpoint">Where requests go.</param>
    /// <param name="tokens">Signs in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="limit">How long one request may take.</param>
    public SqlApiTransport(Uri endpoint, ITokenSource tokens, TimeProvider time, TimeSpan limit)
    {
        Tokens = tokens;
        _endpoint = endpoint;
        _time = time;
        _limit = limit;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                // A redirect would carry the token to another host.
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(15),
                UseProxy = !endpoint.IsLoopback,
            })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Signs in.</summary>
    public ITokenSource Tokens { get; }

    /// <summary>Sends one request.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">The path below the endpoint, with its query.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="cancellationToken">Cancels the request, not what it asks for.</param>
    /// <exception cref="EltException">
    /// SecretMissing or InvalidConnection: there is no token to sign in with. ConnectionFailed: the host's certificate is not trusted.
    /// Nothing was sent.
    /// </exception>
    public async Task<Attempt> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var token = await Tokens.GetAsync(cancellationToken);
        var attempt = await SendAsync(method, path, body, token, cancellationToken);
        return attempt.Status == HttpStatusCode.Unauthorized && await Tokens.RenewAsync(token, cancellationToken)
            ? await SendAsync(method, path, body, await Tokens.GetAsync(cancellationToken), cancellationToken)
            : attempt;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        Tokens.Dispose();
    }

    private async Task<Attempt> SendAsync(HttpMethod method, string path, byte[]? body, string token, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var status = default(HttpStatusCode);
        try
        {
            using var message = CreateMessage(method, path, body, token);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = response.StatusCode;
            return Read(response, await response.Content.ReadAsByteArrayAsync(either.Token), token);
        }
        catch (HttpRequestException exception) when (IsOfCertificate(exception))
        {
            // Not an attempt to send again: in five minutes the certificate is the same.
            throw new EltException(
                EltErrorKind.ConnectionFailed,
                $"The certificate of {_endpoint.Host} is not trusted, so nothing was sent: {exception.InnerException!.Message} If a proxy "
                    + "here inspects TLS, add its CA "
                + "to this machine's certificate store; if not, check Host and Account: the name may be another server's.",
                exception);
        }
        catch (HttpRequestException exception)
        {
            var isReached = status != default || exception.HttpRequestError is not (HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            return new Attempt(isReached ? AttemptKind.Lost : AttemptKind.NotReached, status) { Error = exception };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return new Attempt(AttemptKind.Lost, status) { Error = exception };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Without the timer it is the handler's own limit for making a connection.
            return timer.IsCancellationRequested
                ? new Attempt(AttemptKind.Lost, status)
                {
                    Error = new TimeoutException($"there was no answer for {_limit.TotalSeconds:0} seconds", exception),
                }
                : new Attempt(AttemptKind.NotReached, status)
                {
                    Error = new TimeoutException("no connection could be made in time", exception),
                };
        }
    }

    // A handshake that breaks for another reason has that reason inside, and may go well the next time.
    private static bool IsOfCertificate(HttpRequestException exception) =>
        exception
            is
        {
            HttpRequestError: HttpRequestError.SecureConnectionError,
            InnerException: AuthenticationException { InnerException: null }
        };

    private HttpRequestMessage CreateMessage(HttpMethod method, string path, byte[]? body, string token)
    {
        var message = new HttpRequestMessage(method, new Uri(_endpoint, path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Add("X-Snowflake-Authorization-Token-Type", Tokens.Type);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("EltPs", Version));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }

    private Attempt Read(HttpResponseMessage response, byte[] body, string token)
    {
        // Whoever answers may repeat what it was sent, and the message goes into errors and logs.
        var answer = StatementAnswer.TryRead(body)?.Without(token);
        var kind = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => AttemptKind.TooMany,
            >= HttpStatusCode.InternalServerError => AttemptKind.Lost,
            HttpStatusCode.OK when answer is null => AttemptKind.Lost,
            HttpStatusCode.Accepted when answer?.Handle is null => AttemptKind.Lost,

            // Also what a gateway says of a request that came too slowly; only Snowflake's own has a code.
            HttpStatusCode.RequestTimeout or HttpStatusCode.UnprocessableEntity when answer?.Code is null => AttemptKind.Lost,
            _ => AttemptKind.Answered,
        };
        var after = response.Headers.RetryAfter;
        return new Attempt(kind, response.StatusCode)
        {
            Answer = answer,
            RetryAfter = after?.Delta ?? (after?.Date is { } date ? date - _time.GetUtcNow() : null),
            ServerTime = response.Headers.Date,
            Location = response.Headers.Location,
            Error =
                kind == AttemptKind.Lost && (int)response.StatusCode < 500
                    ? new InvalidDataException("the answer was cut off, or is not Snowflake's")
                    : null,
        };
    }
}
