namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Keeps a statement running until the test lets it go or it is cancelled.</summary>
internal sealed class StatementHold(Predicate<string> matches, bool afterEffect) : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();
    private int _isTaken;

    /// <summary>Ends when the statement is held.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.Set();

    public void Dispose() => _released.Set();

    /// <summary>Waits if this is the statement; only the first that matches is held.</summary>
    public void Pass(string statement, bool isAfterEffect, CancellationToken ct)
    {
        if (isAfterEffect != afterEffect || !matches(statement) || Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return;
        }

        _reached.SetResult();
        try
        {
            _released.Wait(ct);
        }
        catch (OperationCanceledException) when (afterEffect)
        {
            // It has taken effect: nothing can be cancelled any more.
        }
        catch (OperationCanceledException)
        {
            throw Refusal.Canceled();
        }
    }
}
