using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EltPs.Engine.Alerts;

/// <summary>Posts JSON to webhooks, with a time limit, and one retry where the answer says how long to wait.</summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>The time that a message has, its answer included: 10 seconds.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // A run does not wait longer than this because of a message; the message waits instead.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private const int LongestAnswer = 1024;
    private const int LongestReason = 100;

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>Makes a client.</summary>
    /// <param name="time">The clock.</param>
    public WebhookClient(TimeProvider time)
    {
        _time = time;

        // A redirect would send the message, and the path, to another host.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Posts a message; once more if the answer is 429. A failure is an answer, not an exception.</summary>
    /// <param name="webhook">Where to.</param>
    /// <param name="json">The message.</param>
    /// <param name="judge">
    /// Null if the status and the beginning of the body say that the message was taken; else advice that follows the status, or nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled; the message may have arrived.</exception>
    public async Task<AlertAnswer> PostAsync(
        WebhookAddress webhook,
        string json,
        Func<HttpStatusCode, string, string?> judge,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(judge);
        var (answer, wait) = await TryAsync(webhook, json, judge, cancellationToken);
        if (wait is not { } time)
        {
            return answer;
        }

        if (time > LongestWait)
        {
            return answer with
            {
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{answer.Reason}; it asks for a pause of {time.TotalSeconds:0} seconds"),
            };
        }

        await Task.Delay(time, _time, cancellationToken);
        return (await TryAsync(webhook, json, judge, cancellationToken)).Answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(AlertAnswer Answer, TimeSpan? Wait)> TryAsync(
        WebhookAddress webhook,
        string json,
        Func<HttpStatusCode, string, string?> judge,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address)
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response, either.Token);
            var answer = Judge(webhook, response.StatusCode, body, judge);
            return (answer, response.StatusCode == HttpStatusCode.TooManyRequests ? WaitOf(response) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new AlertAnswer(
                    AlertAnswerKind.Unknown,
                    $"{webhook} did not answer within {Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds")
            {
                IsOutOfReach = true,
            },
                null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (Describe(webhook, failure), null);
        }
    }

    private static AlertAnswer Judge(
        WebhookAddress webhook, HttpStatusCode status, string body, Func<HttpStatusCode, string, string?> judge)
    {
        if (judge(status, body) is not { } advice)
        {
            return AlertAnswer.Accepted;
        }

        // A reason is one word, as Slack's are; the page of a proxy could have the address in it.
        var said = string.Concat(body.Trim().Take(LongestReason));
        var reason =
            said.Length > 0
            && said.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
                ? $" ({said})"
                : string.Empty;

        // What a gateway answers does not say whether the message has arrived.
        var isUnknown = status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
        return new AlertAnswer(
            isUnknown ? AlertAnswerKind.Unknown : AlertAnswerKind.Refused,
            string.Create(CultureInfo.InvariantCulture, $"{webhook} answered {(int)status}{reason}{advice}"))
        {
            IsOutOfReach = status != HttpStatusCode.BadRequest,
        };
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using (var stream = await response.Content.ReadAsStreamAsync(cancellationToken))
        {
            var buffer = new byte[LongestAnswer];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    private TimeSpan WaitOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => ShortestWait,
        };
        return wait < ShortestWait ? ShortestWait : wait;
    }

    // Only if there was no connection at all is it certain that nothing has arrived.
    private static AlertAnswer Describe(WebhookAddress webhook, Exception failure)
    {
        var (kind, what) = failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (
                AlertAnswerKind.Refused,
                "the name is not known here (DNS)"),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError,
                InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            } => (AlertAnswerKind.Refused, "the connection was refused"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => (
                AlertAnswerKind.Refused,
                "no connection"),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                AlertAnswerKind.Refused,
                "no secure connection; its certificate is not trusted here"),
            _ => (AlertAnswerKind.Unknown, "the connection broke"),
        };
        return new AlertAnswer(kind, $"{webhook}: {what}") { IsOutOfReach = true };
    }
}
