using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>
/// A Snowflake account on this machine: speaks the documented SQL API over plain sockets, so that it can also break them.
/// </summary>
internal sealed class SqlApiServer : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly SqlApiDesk _desk;
    private readonly ConcurrentQueue<LoggedRequest> _requests = new();
    private readonly RefusingListener _listener;

    private SqlApiServer(IStandInWarehouse warehouse, TimeProvider time)
    {
        _time = time;
        _desk = new SqlApiDesk(warehouse, () => Now);
        SignIn = new StandInSignIn(() => Now);
        _listener = new RefusingListener(ServeAsync, time);
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{_listener.Port}/");
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Who may sign in.</summary>
    public StandInSignIn SignIn { get; }

    /// <summary>What goes wrong.</summary>
    public FaultRules Faults { get; } = new();

    /// <summary>How far its clock is from the one that it was given.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Every request that arrived, in order.</summary>
    public IReadOnlyList<LoggedRequest> Requests => [.. _requests];

    /// <summary>Every single statement that ran, in order.</summary>
    public IReadOnlyList<string> Executions => _desk.Executions;

    /// <summary>How many statements have not ended.</summary>
    public int Running => _desk.Running;

    /// <summary>Done when the first statement is held (<see cref="Fault.Hold"/>).</summary>
    public Task Held => _desk.Held.Task;

    /// <summary>Called with each request before it is answered.</summary>
    public Action<LoggedRequest>? Received { get; set; }

    /// <summary>How many rows a partition has at most.</summary>
    public int RowsPerPartition
    {
        get => _desk.RowsPerPartition;
        set => _desk.RowsPerPartition = value;
    }

    private DateTimeOffset Now => _time.GetUtcNow() + ClockOffset;

    /// <summary>Starts one on a free port.</summary>
    public static SqlApiServer Start(IStandInWarehouse warehouse, TimeProvider? time = null) => new(warehouse, time ?? TimeProvider.System);

    /// <summary>How often a statement ran that has a text in it.</summary>
    public int TimesExecuted(string part) => Executions.Count(statement => statement.Contains(part, StringComparison.Ordinal));

    /// <summary>Lets all statements go that <see cref="Fault.Hold"/> holds.</summary>
    public Task ReleaseAsync() => _desk.ReleaseAsync();

    /// <summary>
    /// Done when every statement that was submitted until now has ended, also one for whose answer nobody waits any more.
    /// </summary>
    public Task AllEndedAsync() => _desk.AllEndedAsync();

    /// <summary>Forgets which requests there were, so that one that is sent again runs again even with <c>retry=true</c>.</summary>
    public void ForgetRequests() => _desk.ForgetRequests();

    /// <summary>Refuses connections, and closes those that there are, until the clock is so much further.</summary>
    public void Refuse(TimeSpan duration) => _listener.Refuse(duration, except: null);

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return _listener.DisposeAsync();
    }

    private async Task ServeAsync(Socket connection, CancellationToken stop)
    {
        await using var stream = new NetworkStream(connection);
        await using var reader = new BufferedStream(stream);
        while (await HttpMessage.ReadAsync(reader, stop) is { } message && await AnswerAsync(message, connection, stream, stop))
        {
        }
    }

    // Whether the connection goes on.
    private async Task<bool> AnswerAsync(HttpMessage message, Socket connection, NetworkStream stream, CancellationToken stop)
    {
        var isCancel = message.Path.EndsWith("/cancel", StringComparison.Ordinal);
        var phase = isCancel ? FaultPhase.Cancel : message.Method == "GET" ? FaultPhase.Poll : FaultPhase.Submit;
        var submit = phase == FaultPhase.Submit ? SubmitMessage.Read(message) : null;
        var statement = submit?.Statement ?? _desk.Find(message)?.Text;
        var (refusal, age) = SignIn.Check(message);
        Log(message, statement, submit?.Context.QueryTag ?? _desk.Find(message)?.Context.QueryTag, age);
        var fault = Faults.Take(phase, statement ?? string.Empty);
        switch (fault)
        {
            case Fault.ResetBefore:
                return Reset(connection);
            case Fault.Refused refused:
                _listener.Refuse(refused.Duration, connection);
                return Reset(connection);
            case Fault.Status { HasRun: false } status:
                await WriteAsync(stream, Describe(status, phase == FaultPhase.Submit ? null : message.Path.Split('/')[4]), stop);
                return true;
            case Fault.Latency latency:
                await Task.Delay(latency.Time, stop);
                break;
        }

        var answer = refusal
            ?? (
                isCancel ? _desk.Cancel(message)
                : submit is null ? await _desk.PollAsync(message)
                : await _desk.SubmitAsync(submit, fault));
        switch (fault)
        {
            case Fault.ResetAfter:
                return Reset(connection);
            case Fault.TruncatedAnswer cut:
                await stream.WriteAsync(answer.ToBytes(Now, cut: true, cut.IsFramed), stop);
                return cut.IsFramed;
            case Fault.Status { HasRun: true } status:
                await WriteAsync(stream, Describe(status, null), stop);
                return true;
            case Fault.ThenRefused refused:
                _listener.Refuse(refused.Duration, connection);
                await WriteAsync(stream, answer with { IsLast = true }, stop);
                return false;
            default:
                await WriteAsync(stream, answer, stop);
                return true;
        }
    }

    private static HttpAnswer Describe(Fault.Status status, string? handle) =>
        (status.VendorCode is { } code
            ? HttpAnswer.Of(status.Code, code, status.SqlState, status.Message, handle)
            : new HttpAnswer(status.Code, "<html>a gateway's words</html>")) with
        { RetryAfter = status.RetryAfter };

    private async Task WriteAsync(NetworkStream stream, HttpAnswer answer, CancellationToken stop) =>
        await stream.WriteAsync(answer.ToBytes(Now), stop);

    // Without what is still to send, and with an RST instead of an orderly end.
    private static bool Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(true, 0);
        connection.Close();
        return false;
    }

    private void Log(HttpMessage message, string? statement, string? tag, TimeSpan? age)
    {
        var headers = message.Headers.Where(header => header.Key != "Authorization").ToDictionary();
        var logged = new LoggedRequest(
            message.Method,
            message.Path,
            headers,
            Encoding.UTF8.GetString(message.Body),
            statement,
            tag,
            Now,
            age);
        _requests.Enqueue(logged);
        Received?.Invoke(logged);
    }
}
