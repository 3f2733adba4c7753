using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace EltPs.Bridge;

/// <summary>
/// Runs asynchronous work away from the pipeline thread, and what that work wants done on the pipeline thread there. The only place where
/// the two meet.
/// </summary>
/// <remarks>
/// The work waits for each call, so it cannot run ahead of what it reports. If the pipeline stops, or a call throws, the work is cancelled
/// and awaited to its end before anything else happens: whatever it holds in the warehouse is let go by then.
/// </remarks>
internal sealed class PipelinePump(CancellationToken stopping)
{
    private readonly BlockingCollection<Call> _calls = [];
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>Has something done on the pipeline thread. Called from the work; done when the call is.</summary>
    public Task<T> InvokeAsync<T>(Func<T> call)
    {
        var pending = new Call<T>(call);
        _calls.Add(pending);
        return pending.Done.Task;
    }

    /// <summary>Runs the work and serves its calls until it ends. Called on the pipeline thread.</summary>
    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        using (_cancel)
        using (_calls)
        {
            var worker = Task.Run(async () =>
            {
                try
                {
                    return await work(_cancel.Token);
                }
                finally
                {
                    _calls.CompleteAdding();
                }
            });

            var broken = Serve();
            _ = ((IAsyncResult)worker).AsyncWaitHandle.WaitOne();
            broken?.Throw();
            return worker.GetAwaiter().GetResult();
        }
    }

    private ExceptionDispatchInfo? Serve()
    {
        ExceptionDispatchInfo? broken = null;
        foreach (var call in _calls.GetConsumingEnumerable())
        {
            if (_cancel.IsCancellationRequested)
            {
                call.Cancel();
                continue;
            }

            // PowerShell stops a pipeline by throwing out of a write; the work must hear of it before it goes any further.
            if (call.Execute() is { } exception)
            {
                broken ??= ExceptionDispatchInfo.Capture(exception);
                _cancel.Cancel();
                call.Cancel();
            }
        }

        return broken;
    }

    private abstract class Call
    {
        public abstract Exception? Execute();

        public abstract void Cancel();
    }

    private sealed class Call<T>(Func<T> action) : Call
    {
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [System.Diagnostics.CodeAnalysis.SuppressMessage(
            "Design",
            "CA1031",
            Justification = "Thrown again on the pipeline thread when the work has ended.")]
        public override Exception? Execute()
        {
            try
            {
                Done.SetResult(action());
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }

        public override void Cancel() => Done.TrySetCanceled();
    }
}
