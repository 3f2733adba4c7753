using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>Attempts work again that failed for a reason which may pass by itself.</summary>
/// <remarks>
/// Only what is transient: neither SQL that the warehouse refused, nor a failed check, nor a cancel. Nor what has no definite answer: a
/// statement of the earlier attempt may still run, and could put its staging table in the place of the one that is checked between the
/// compare and the swap.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="observer">Who sees what happens.</param>
/// <param name="remember">Takes each attempt that another one follows; null if nobody keeps them.</param>
internal sealed class Retry(TimeProvider time, IRunObserver observer, Action<FailedAttempt>? remember = null)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Does the work until it succeeds, or must not or cannot be attempted again.</summary>
    /// <param name="work">The work; it is told which attempt it is, from 1.</param>
    /// <param name="table">The table; null for what concerns all of them.</param>
    /// <param name="rule">How often and how soon.</param>
    /// <param name="deadline">Bounds all attempts and the waits between them.</param>
    /// <param name="cancellationToken">Cancels; also a wait.</param>
    public async Task<T> RunAsync<T>(
        Func<int, Task<T>> work,
        TableName? table,
        RetryRule rule,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await work(attempt);
            }
            catch (EltException failure) when (IsToBeRepeated(failure) && attempt <= rule.Retries)
            {
                wait = Wait(rule.Delay, attempt);
                if (deadline.IsLimited && wait >= deadline.Remaining)
                {
                    throw;
                }

                remember?.Invoke(new FailedAttempt(attempt, failure, wait));
                await observer.OnEventAsync(new AttemptFailed(table, attempt, failure, wait), cancellationToken);
                await observer.OnEventAsync(
                    new MessageRaised(MessageLevel.Detail, Text(table, rule, attempt, failure, wait)),
                    cancellationToken);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    internal static bool IsToBeRepeated(EltException failure) =>
        failure.IsTransient && failure.Kind is not (EltErrorKind.Unknown or EltErrorKind.Cancelled);

    // Twice as long each time, and never the same for two runs that failed together: they would meet again.
    private static TimeSpan Wait(TimeSpan delay, int attempt)
    {
        var most = delay > LongestWait ? delay : LongestWait;
        var doubled = Math.Min(delay.TotalSeconds * Math.Pow(2, attempt - 1), most.TotalSeconds);
#pragma warning disable CA5394 // Nobody gains anything by guessing it.
        return TimeSpan.FromSeconds(doubled * (0.8 + (0.4 * Random.Shared.NextDouble())));
#pragma warning restore CA5394
    }

    private static string Text(TableName? table, RetryRule rule, int attempt, EltException failure, TimeSpan wait) => string.Create(
        CultureInfo.InvariantCulture,
            $"{table?.ToString() ?? "prepare"}: attempt {attempt} of {rule.Retries + 1} failed, the next one begins in "
                + $"{wait.TotalSeconds:0.0} s: {FailureText.Reason(failure)}");
}
