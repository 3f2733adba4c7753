using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>An HTTP server on loopback that answers what a test says.</summary>
internal sealed class LoopbackSqlApi : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public LoopbackSqlApi()
    {
        (_listener, Endpoint) = Listen();
        _loop = Task.Run(ServeAsync);
    }

    public Uri Endpoint { get; }

    /// <summary>The requests but those of signing in, in order.</summary>
    public ConcurrentQueue<LoopbackCall> Calls { get; } = new();

    /// <summary>The answer to a request; null breaks the connection.</summary>
    public Func<LoopbackCall, LoopbackAnswer?> Answer { get; set; } = _ => LoopbackAnswer.Rows(["fixed"], ["1"]);

    /// <summary>The answer to signing in.</summary>
    public LoopbackAnswer? SignIn { get; set; } = LoopbackAnswer.Rows(["fixed"], ["1"]);

    public async ValueTask DisposeAsync()
    {
        // Abort does not wait for requests that are still open: a client may have left them.
        _listener.Abort();
        await _loop.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static (HttpListener Listener, Uri Endpoint) Listen()
    {
        while (true)
        {
            // HttpListener takes no port 0, and somebody else may take the free one first.
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            var listener = new HttpListener { Prefixes = { endpoint.ToString() } };
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            // Not awaited: a client that does not read its answer must not keep the cancel from its own.
            _ = Task.Run(() => TryRespondAsync(context));
        }
    }

    private async Task TryRespondAsync(HttpListenerContext context)
    {
        try
        {
            await RespondAsync(context);
        }
        catch (Exception left) when (left is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has gone, as one that gives up does.
        }
    }

    private async Task RespondAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var call = new LoopbackCall(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync());
        if (!call.IsSignIn)
        {
            Calls.Enqueue(call);
        }

        if ((call.IsSignIn ? SignIn : Answer(call)) is not { } answer)
        {
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}
