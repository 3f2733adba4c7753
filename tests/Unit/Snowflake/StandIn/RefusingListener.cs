using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Accepts connections on a port of this machine, and refuses them for a while on demand.</summary>
/// <param name="serve">Serves a connection until its end.</param>
/// <param name="time">The clock.</param>
internal sealed class RefusingListener(Func<Socket, CancellationToken, Task> serve, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Socket _listener = Bind(0);
    private Task _accepting = Task.CompletedTask;

    /// <summary>Its port, free until now.</summary>
    public int Port { get; private set; }

    public void Start()
    {
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Listen();
    }

    /// <summary>Refuses new connections, and closes those that there are, until the clock is so much further.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="except">A connection that stays.</param>
    public void Refuse(TimeSpan duration, Socket? except)
    {
        lock (_gate)
        {
            // Bound, so that the port stays ours, but not listening, so that the system refuses.
            _listener.Dispose();
            _listener = Bind(Port);
        }

        CloseConnections(except);
        new CancellationTokenSource(duration, time).Token.Register(() =>
        {
            lock (_gate)
            {
                if (!_stop.IsCancellationRequested)
                {
                    Listen();
                }
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        lock (_gate)
        {
            _listener.Dispose();
        }

        CloseConnections(except: null);
        await Task.WhenAll([_accepting, .. _connections.Values]);
        _stop.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private void Listen()
    {
        var listener = _listener;
        listener.Listen();
        _accepting = Task.Run(() => AcceptAsync(listener));
    }

    private void CloseConnections(Socket? except)
    {
        foreach (var connection in _connections.Keys.Where(connection => connection != except))
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(_stop.Token);
                connection.NoDelay = true;
                var isKnown = new TaskCompletionSource();
                _connections[connection] = ServeAsync(connection, isKnown.Task);
                isKnown.SetResult();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // No longer listening.
        }
    }

    private async Task ServeAsync(Socket connection, Task isKnown)
    {
        await isKnown;
        try
        {
            await serve(connection, _stop.Token);
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client, or the test, has closed it.
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
        }
    }
}
