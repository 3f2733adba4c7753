using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EltPs.Engine.Alerts;

/// <summary>Sends messages to incoming webhooks: one JSON POST each.</summary>
/// <remarks>
/// Source: Slack API documentation, "Sending messages using incoming webhooks" (a taken message is answered with 200 and <c>ok</c>) and
/// "Rate limits".
/// </remarks>
public sealed class SlackClient : IDisposable
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
    public SlackClient(TimeProvider time)
    {
        _time = time;

        // A redirect would send the message, and the path, to somebody else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a message; once more if Slack says how long to wait. A failure is an answer, not an exception.</summary>
    /// <param name="webhook">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled; Slack may have the message or not.</exception>
    public async Task<SlackAnswer> SendAsync(SlackWebhook webhook, SlackMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(message);
        var (answer, wait) = await TryAsync(webhook, message, cancellationToken);
        if (wait is not { } time)
        {
            return answer;
        }

        if (time > LongestWait)
        {
            return answer with
            {
                Reason = string.Create(CultureInfo.InvariantCulture, $"{answer.Reason}; it wants {time.TotalSeconds:0} seconds of silence"),
            };
        }

        await Task.Delay(time, _time, cancellationToken);
        return (await TryAsync(webhook, message, cancellationToken)).Answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(SlackAnswer Answer, TimeSpan? Wait)> TryAsync(
        SlackWebhook webhook,
        SlackMessage message,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address)
            {
                Content = new StringContent(message.Json, Encoding.UTF8, "application/json"),
            };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response, either.Token);
            return (Judge(webhook, response, body), response.StatusCode == HttpStatusCode.TooManyRequests ? WaitOf(response) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new SlackAnswer(
                    SlackAnswerKind.Unknown,
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

    private static SlackAnswer Judge(SlackWebhook webhook, HttpResponseMessage response, string body)
    {
        // Something else with 200 is the page of a proxy or of a sign-in, and nobody in the channel sees that.
        if (response.StatusCode == HttpStatusCode.OK && body.Trim() == "ok")
        {
            return SlackAnswer.Accepted;
        }

        var said = new string([.. body.Trim().Take(LongestReason).Select(letter => char.IsControl(letter) ? ' ' : letter)]);

        // Slack's own words are one word; a page that somebody else sends could have the address in it.
        var reason =
            said.Length > 0 && said.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
                ? $" ({said})"
                : string.Empty;

        // What a gateway answers does not say whether Slack has it.
        var isUnknown = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
        return new SlackAnswer(
            isUnknown ? SlackAnswerKind.Unknown : SlackAnswerKind.Refused,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{webhook} answered {(int)response.StatusCode}{reason}{Advice(response.StatusCode, said)}"))
        {
            IsOutOfReach = response.StatusCode != HttpStatusCode.BadRequest,
        };
    }

    private static string Advice(HttpStatusCode status, string said) => (status, said) switch
    {
        (HttpStatusCode.OK, _) => ", but not in Slack's words; a proxy may stand in between",
        (HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden, _) =>
            "; the webhook or its channel is gone, so make a new one",
        _ => string.Empty,
    };

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

    // Only a connection that never was proves that Slack has nothing.
    private static SlackAnswer Describe(SlackWebhook webhook, Exception failure)
    {
        var (kind, what) = failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (
                SlackAnswerKind.Refused,
                "the name is not known here (DNS)"),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError,
                InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            } => (SlackAnswerKind.Refused, "the connection was refused"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => (
                SlackAnswerKind.Refused,
                "no connection"),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                SlackAnswerKind.Refused,
                "no secure connection; its certificate is not trusted here"),
            _ => (SlackAnswerKind.Unknown, "the connection broke"),
        };
        return new SlackAnswer(kind, $"{webhook}: {what}") { IsOutOfReach = true };
    }
}
