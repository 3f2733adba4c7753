using Polly;
using Polly.Retry;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>
/// Sends a request again until there is an answer that can be used, with jittered and growing waits, or as long as Snowflake asks for.
/// </summary>
/// <remarks>Snowflake: "Submitting a request to execute SQL statements", resubmitting a request.</remarks>
internal sealed class Resender
{
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<Attempt> _retry;

    /// <summary>Makes one.</summary>
    /// <param name="limits">How long to wait.</param>
    /// <param name="time">The clock.</param>
    public Resender(SqlApiLimits limits, TimeProvider time)
    {
        _time = time;
        _retry = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                // What ends it is the network budget.
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.FirstRetry,
                MaxDelay = limits.LongestRetry,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { Kind: not AttemptKind.Answered }),
                DelayGenerator = static arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter),
            })
            .Build();
    }

    /// <summary>Sends until there is an answer or the network budget is used up.</summary>
    /// <param name="send">Sends it once.</param>
    /// <param name="networkBudget">How long to go on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer, or what became of the last attempt.</returns>
    public async Task<Attempt> SendAsync(
        Func<CancellationToken, Task<Attempt>> send,
        TimeSpan networkBudget,
        CancellationToken cancellationToken)
    {
        var last = new Attempt(AttemptKind.NotReached, default);
        using var budget = new CancellationTokenSource(networkBudget, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await _retry.ExecuteAsync(
                async token =>
                {
                    last = last with { Kind = AttemptKind.Lost };
                    return last = await send(token);
                },
                either.Token);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return last;
        }
    }
}
