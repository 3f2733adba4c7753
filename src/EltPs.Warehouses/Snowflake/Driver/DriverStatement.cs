using System.Data.Common;

using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Runs one request and does not leave it before Snowflake has said how it ended, also when it is cancelled.</summary>
/// <remarks>
/// The driver cancels in Snowflake when its token is cancelled, but then forgets the answer, and a statement that had just taken effect
/// would pass for cancelled. So the cancel is sent beside the running call, which then ends with the truth; its token is the last resort.
/// </remarks>
internal sealed class DriverStatement(DbCommand command, SnowflakeRequest request, Guid requestId, TimeProvider time)
{
    // A cancel that arrives before the statement is lost, so it is sent again.
    private static readonly TimeSpan CancelInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(5);

    // Of the time that is left before the deadline: what is behind the cancel is for the last resort, then for the look at what a block has
    // published.
    private const double CancelShare = 0.7;
    private const double AbortShare = 0.5;

    /// <summary>The query's id as far as the driver knows it.</summary>
    public string? QueryId => LateBound.Call<string>(command, "GetQueryId") is { Length: > 0 } id ? id : null;

    /// <summary>Runs the request.</summary>
    /// <param name="deadline">When it must have ended.</param>
    /// <param name="translate">Makes the error of what the driver throws.</param>
    /// <param name="cancellationToken">Cancels, in Snowflake too.</param>
    public Task<SnowflakeResult> RunAsync(
        Deadline deadline, Func<Exception, EltException> translate, CancellationToken cancellationToken) =>
        RunAsync(ReadAsync, deadline, translate, cancellationToken);

    /// <summary>Begins a query whose rows are read later.</summary>
    /// <inheritdoc cref="RunAsync(Deadline, Func{Exception, EltException}, CancellationToken)"/>
    public Task<DbDataReader> OpenAsync(
        Deadline deadline, Func<Exception, EltException> translate, CancellationToken cancellationToken) =>
        RunAsync(command.ExecuteReaderAsync, deadline, translate, cancellationToken);

    /// <summary>Does a part of the request's work, such as to read some of its rows.</summary>
    /// <param name="part">The part; its token is the last resort of a cancel.</param>
    /// <param name="deadline">When it must have ended.</param>
    /// <param name="translate">Makes the error of what the driver throws.</param>
    /// <param name="cancellationToken">Cancels, in Snowflake too.</param>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> part,
        Deadline deadline,
        Func<Exception, EltException> translate,
        CancellationToken cancellationToken)
    {
        using var limit = deadline.IsLimited
            ? new CancellationTokenSource(BeforeStop(deadline.Remaining), time)
            : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var abort = new CancellationTokenSource();
        var work = Task.Run(() => part(abort.Token), CancellationToken.None);
        try
        {
            if (!await EndsAsync(work, Timeout.InfiniteTimeSpan, stop.Token))
            {
                await CancelAsync(work, deadline, abort);
            }

            return await work;
        }
        catch (Exception exception) when (exception is not EltException)
        {
            throw Judge(translate(exception), deadline, limit.IsCancellationRequested, cancellationToken);
        }
    }

    // Whatever Snowflake refused has not taken effect. Only a change that it never answered for may have.
    private Exception Judge(EltException error, Deadline deadline, bool isTooLate, CancellationToken cancellationToken)
    {
        // The caller's own limit may be over as well, and its token says cancelled: that is no wish of anybody's.
        isTooLate |= deadline.IsLimited && deadline.Remaining == TimeSpan.Zero;
        var isCancelled = cancellationToken.IsCancellationRequested && !isTooLate;
        if (error.Kind == EltErrorKind.Unknown)
        {
            return isCancelled || isTooLate ? DriverErrors.NoAnswerToCancel(request, error.QueryId, requestId) : error;
        }

        if (isCancelled)
        {
            return new OperationCanceledException(cancellationToken);
        }

        // An error of the statement's own may have come just before.
        var isStopped = error.VendorCode == SnowflakeCodes.Cancelled || error.Kind is EltErrorKind.Timeout or EltErrorKind.ConnectionFailed;
        if (!isTooLate || !isStopped)
        {
            return error;
        }

        var exceeded = deadline.Exceeded("it");
        return error.With(kind: exceeded.Kind, what: exceeded.What, advice: exceeded.Advice[0], isTransient: true);
    }

    private async Task<SnowflakeResult> ReadAsync(CancellationToken abort)
    {
        await using (var reader = await command.ExecuteReaderAsync(abort))
        {
            var rows = new List<IReadOnlyList<string?>>();
            var id = LateBound.Call<string>(reader, "GetQueryId") ?? QueryId ?? string.Empty;
            if (request.Statements.Count > 1)
            {
                while (await reader.NextResultAsync(abort))
                {
                    // An error of a later statement comes here.
                }

                return Result(id, rows);
            }

            while (await reader.ReadAsync(abort))
            {
                var row = new string?[reader.FieldCount];
                for (var column = 0; column < row.Length; column++)
                {
                    row[column] = CellText.From(reader.GetValue(column));
                }

                rows.Add(row);
            }

            return Result(id, rows);
        }
    }

    // The driver sends a request again by itself when an answer is lost, and does not tell: every change may have run before it gave this
    // answer.
    private SnowflakeResult Result(string id, IReadOnlyList<IReadOnlyList<string?>> rows) => new(id, rows, WasRepeated: request.Changes);

    private async Task CancelAsync(Task work, Deadline deadline, CancellationTokenSource abort)
    {
        var (patience, began) = (AtMost(CancelPatience, deadline, CancelShare), time.GetTimestamp());
        var cancel = Task.CompletedTask;
        TimeSpan left;
        do
        {
            if (cancel.IsCompleted)
            {
                // It waits for the answer to its own request, and may not get one.
                cancel = Task.Run(TryCancel, CancellationToken.None);
            }

            left = patience - time.GetElapsedTime(began);
            var wait = left < TimeSpan.Zero ? TimeSpan.Zero : left < CancelInterval ? left : CancelInterval;
            if (await EndsAsync(work, wait, CancellationToken.None))
            {
                return;
            }
        }
        while (left > CancelInterval);

        // Not awaited: the driver's own callback sends the cancel once more and waits for its answer.
        _ = abort.CancelAsync();
        if (!await EndsAsync(work, AtMost(AbortPatience, deadline, AbortShare), CancellationToken.None))
        {
            // Left behind: it is not even known whether the driver will come back.
            throw new TimeoutException("Snowflake did not answer the cancel.");
        }
    }

    // The stop has its part of the limit: whoever enforces the deadline from outside must find it done.
    private static TimeSpan BeforeStop(TimeSpan limit) => limit - SnowflakeRequest.Grace(limit);

    private static TimeSpan AtMost(TimeSpan patience, Deadline deadline, double share)
    {
        var left = deadline.Remaining * share;
        return deadline.IsLimited && left < patience ? left : patience;
    }

    private void TryCancel()
    {
        try
        {
            command.Cancel();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The statement's own answer tells what became of it; this one's is not needed.
        }
    }

    // Whether the work ends, well or not, before the time is over or the token is cancelled.
    private async Task<bool> EndsAsync(Task work, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = Task.Delay(patience, time, done.Token);
        await Task.WhenAny(work, wait);
        await done.CancelAsync();
        return work.IsCompleted;
    }
}
