using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Slack's webhooks on this machine, over plain sockets, so that they can also break.</summary>
internal sealed class SlackServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly ConcurrentQueue<SlackFault> _faults = new();
    private readonly SkippingClock _clock = new();
    private readonly RefusingListener _listener;

    public SlackServer()
    {
        _listener = new RefusingListener(ServeAsync, _clock);
        _listener.Start();
        Address = $"http://127.0.0.1:{_listener.Port}/services/T0000/B0000/s3cr3tT0kenOfTheTests";
    }

    /// <summary>The webhook's address, which must not be seen anywhere.</summary>
    public string Address { get; }

    /// <summary>The payloads that arrived, also those that were not answered well.</summary>
    public IReadOnlyList<string> Bodies => [.. _bodies];

    /// <summary>Called with each payload before it is answered.</summary>
    public Func<string, Task>? Received { get; set; }

    /// <summary>What goes wrong with the next requests, one each.</summary>
    public void Next(params SlackFault[] faults) => Array.ForEach(faults, _faults.Enqueue);

    /// <summary>Refuses connections until they are accepted again.</summary>
    public void Refuse() => _listener.Refuse(TimeSpan.FromHours(1), except: null);

    public void AcceptAgain() => _clock.Advance(TimeSpan.FromHours(1));

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket connection, CancellationToken stop)
    {
        await using var stream = new NetworkStream(connection);
        await using var reader = new BufferedStream(stream);
        while (await HttpMessage.ReadAsync(reader, stop) is { } message)
        {
            Assert.Equal("POST", message.Method);
            Assert.StartsWith("application/json", message.Headers["Content-Type"], StringComparison.Ordinal);
            var body = Encoding.UTF8.GetString(message.Body);
            _bodies.Enqueue(body);
            if (Received is { } received)
            {
                await received(body);
            }

            if (!_faults.TryDequeue(out var fault))
            {
                fault = SlackFault.None;
            }

            if (fault.IsReset)
            {
                connection.LingerState = new LingerOption(true, 0);
                connection.Close();
                return;
            }

            if (fault.IsSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            }

            await stream.WriteAsync(
                new HttpAnswer(fault.Status, fault.Body) { RetryAfter = fault.RetryAfter }.ToBytes(_clock.GetUtcNow()),
                stop);
        }
    }
}
