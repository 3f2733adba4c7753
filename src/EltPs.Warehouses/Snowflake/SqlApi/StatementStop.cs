using System.Net;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Stops a statement in Snowflake and finds out what became of it. Never throws because that fails.</summary>
/// <remarks>Snowflake: "Cancelling the execution of a SQL statement".</remarks>
/// <param name="transport">Sends.</param>
/// <param name="options">The connection.</param>
/// <param name="timeZone">The session's time zone.</param>
/// <param name="time">The clock.</param>
internal sealed class StatementStop(SqlApiTransport transport, SnowflakeOptions options, string timeZone, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SideLimit = TimeSpan.FromSeconds(10);

    /// <summary>Stops a statement.</summary>
    /// <param name="handle">Its handle; null where Snowflake has not told it yet.</param>
    /// <param name="posting">The request that submits it, while that has no answer yet; null if it has none any more.</param>
    /// <param name="requestId">The request's id, by which it is found without a handle.</param>
    /// <param name="isSingle">Whether it is one statement.</param>
    /// <param name="end">Ends all waiting.</param>
    /// <returns>The handle, if it is known now, and the definite answer; null if there is none.</returns>
    public async Task<(string? Handle, Attempt? Answer)> StopAsync(
        string? handle, Task<Attempt>? posting, Guid requestId, bool isSingle, CancellationToken end)
    {
        try
        {
            if (handle is null)
            {
                (handle, var answer) = await StopByTagAsync(posting, requestId, isSingle, end);
                if (answer is not null || handle is null)
                {
                    return (handle, answer);
                }
            }

            return (handle, await StopByHandleAsync(handle, end));
        }
        catch (Exception exception) when (exception is OperationCanceledException or EltException)
        {
            // No time left, or no token: what is told is that nobody knows, and where to look.
            return (handle, null);
        }
    }

    private async Task<Attempt?> StopByHandleAsync(string handle, CancellationToken end)
    {
        var isCancelled = false;
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            if (!isCancelled)
            {
                var cancel = await transport.SendAsync(HttpMethod.Post, SqlApiPath.Cancel(handle), [], end);
                isCancelled = cancel is { Kind: AttemptKind.Answered, Status: HttpStatusCode.OK };
            }

            var state = await transport.SendAsync(HttpMethod.Get, SqlApiPath.Status(handle), null, end);
            if (IsDefinite(state))
            {
                return state;
            }

            await Task.Delay(wait, time, end);
        }
    }

    // Until the first answer, which comes after 45 seconds at the latest, there is no handle: the tag finds the query. The request stays
    // open, because its answer is the definite one.
    private async Task<(string? Handle, Attempt? Answer)> StopByTagAsync(
        Task<Attempt>? posting,
        Guid requestId,
        bool isSingle,
        CancellationToken end)
    {
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            if (posting is { IsCompleted: true })
            {
                var posted = await posting;
                if (IsDefinite(posted) || posted.Status == HttpStatusCode.Accepted)
                {
                    return posted.Status == HttpStatusCode.Accepted ? (posted.Answer!.Handle, null) : (posted.Answer!.Handle, posted);
                }

                posting = null;
            }

            var running = await FindRunningAsync(requestId, end);
            if (running is { Count: > 0 })
            {
                var cancel = await SendSideAsync(QueryHistory.Cancel(running), end);
                if (posting is not null && isSingle && cancel is { Kind: AttemptKind.Answered, Status: HttpStatusCode.OK })
                {
                    // One statement is listed as long as it runs, so that the cancel has met it: its own answer is all that is to come.
                    await posting.WaitAsync(end);
                    continue;
                }

                if (posting is null && isSingle && running.Count == 1)
                {
                    // A statement's handle is its query id; of several only the request's own handle would tell all.
                    return (running[0].ToString(), null);
                }
            }
            else if (posting is null && running is not null)
            {
                return (null, null);
            }

            // Also behind a cancel: what was found may have been one of several statements that had just ended, and the next one runs by
            // now.
            var pause = Task.Delay(wait, time, end);
            await (posting is null ? pause : Task.WhenAny(posting, pause));
            end.ThrowIfCancellationRequested();
        }
    }

    private async Task<IReadOnlyList<Guid>?> FindRunningAsync(Guid requestId, CancellationToken end)
    {
        var found = await SendSideAsync(QueryHistory.FindRunning(requestId, options.Database), end);
        return found is { Kind: AttemptKind.Answered, Status: HttpStatusCode.OK, Answer.Rows: { } rows }
            ? [.. rows.Select(row => Guid.TryParse(row[0], out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)]
            : null;
    }

    private Task<Attempt> SendSideAsync(string statement, CancellationToken end)
    {
        var id = Guid.NewGuid();
        var scope = new WorkScope(SilentObserver.Instance) { Deadline = Deadline.In(SideLimit, time) };
        var body = SubmitBody.Write(SnowflakeRequest.Query(statement), QueryTag.Create(scope, id), options, timeZone, scope.Deadline);
        return transport.SendAsync(HttpMethod.Post, SqlApiPath.Submit(id, isRetry: false), body, end);
    }

    // What a statement has come to: done, refused, stopped. A refused sign-in, or a handle that is not known, says nothing about it.
    private static bool IsDefinite(Attempt attempt) =>
        attempt
            is
        {
            Kind: AttemptKind.Answered,
            Status: HttpStatusCode.OK or HttpStatusCode.RequestTimeout or HttpStatusCode.UnprocessableEntity
        };

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
