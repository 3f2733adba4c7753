namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A request's statements on the server, and how far they are.</summary>
internal sealed class StandInStatement(string text, StatementContext context, DateTimeOffset started, TimeSpan? timeout) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly DateTimeOffset _started = started;
    private int _isTaken;

    public string Handle { get; } = Guid.NewGuid().ToString();

    public string Text { get; } = text;

    public StatementContext Context { get; } = context;

    public bool IsHeld { get; set; }

    public DateTimeOffset DueAt { get; set; } = started;

    public int PollsLeft { get; set; }

    /// <summary>Each statement's handle and outcome, when they have run.</summary>
    public List<(string Handle, string Text, StatementOutcome Outcome)> Parts { get; } = [];

    /// <summary>Done when the statement has ended in one way or another.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it came to; null while it runs.</summary>
    public StatementOutcome? Outcome { get; private set; }

    public bool IsTimedOut { get; private set; }

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Whether it is to run now; true once only.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (timeout is { } limit && now >= _started + limit && DueAt > _started + limit && Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            IsTimedOut = true;
            End(
                StatementOutcome.Failure(
                    "000630",
                    "57014",
                    $"Statement reached its statement or warehouse timeout of {limit.TotalSeconds} second(s) and was canceled."));
        }

        return !IsHeld && now >= DueAt && PollsLeft <= 0 && Interlocked.Exchange(ref _isTaken, 1) == 0;
    }

    public void Cancel()
    {
        _cancel.Cancel();
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            End(StatementOutcome.Failure("000604", "57014", "SQL execution canceled"));
        }
    }

    public void End(StatementOutcome outcome)
    {
        Outcome = outcome;
        Ended.TrySetResult();
    }

    public void Dispose() => _cancel.Dispose();
}
