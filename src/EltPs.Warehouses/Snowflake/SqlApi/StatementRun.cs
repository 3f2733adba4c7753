using System.Net;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>
/// One request's life: submitted until it has an answer, polled until it has ended, its rows read, stopped where it must end before.
/// </summary>
/// <remarks>Snowflake: "Handling responses", the flow of execution.</remarks>
internal sealed class StatementRun : IDisposable
{
    // What a timer of .NET takes.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly SqlApiSession _session;
    private readonly SnowflakeRequest _request;
    private readonly WorkScope _scope;
    private readonly SqlApiErrors _errors;
    private readonly Guid _id;
    private readonly Submission _submission;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _networkBudget;

    /// <summary>Prepares it; nothing is sent yet.</summary>
    public StatementRun(SqlApiSession session, SnowflakeRequest request, WorkScope scope)
    {
        _session = session;
        _request = request;
        _scope = scope;
        _id = request.InFlight?.RequestId ?? Guid.NewGuid();
        Handle = request.InFlight?.Handle;
        _errors = new SqlApiErrors(session.Options, request, scope, _id);
        _limit = scope.Deadline.Remaining;
        _networkBudget = scope.Patience ?? session.Limits.NetworkBudget;

        // Once: a request that is sent again must be the same.
        var body = SubmitBody.Write(request, QueryTag.Create(scope, _id), session.Options, session.TimeZone, scope.Deadline);
        _submission = new Submission(session, _id, body, _networkBudget, mayHaveRun: request.InFlight is not null);
    }

    /// <summary>The statement's handle, which is its query id; null until Snowflake has told it.</summary>
    public string? Handle { get; private set; }

    /// <summary>Does it.</summary>
    /// <inheritdoc cref="ISnowflakeClient.ExecuteAsync"/>
    public Task<SnowflakeResult> ExecuteAsync(CancellationToken cancellationToken) => RunAsync(ReadRowsAsync, cancellationToken);

    /// <summary>Does it up to the first rows; the others are read by <see cref="ReadPartitionAsync"/>.</summary>
    /// <inheritdoc cref="ISnowflakeClient.ExecuteAsync" path="/exception"/>
    public Task<StatementAnswer> BeginAsync(CancellationToken cancellationToken) => RunAsync(
        (first, _) =>
        {
            Handle = first.Handle ?? Handle;
            return Task.FromResult(first);
        },
        cancellationToken);

    /// <summary>Reads the rows of one partition of a result.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadPartitionAsync(int partition, CancellationToken stop) =>
        Succeeded(await GetAsync(SqlApiPath.Partition(Handle!, partition), stop)).Rows ?? [];

    private async Task<T> RunAsync<T>(Func<StatementAnswer, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_limit == TimeSpan.Zero)
        {
            throw _errors.DeadlineOver(null);
        }

        using var deadline = _scope.Deadline.IsLimited
            ? new CancellationTokenSource(Min(_limit - SnowflakeRequest.Grace(_limit), LongestTimer), _session.Time)
            : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await TellAsync();
            var attempt = await AskAsync(stop.Token)
                ?? await TrulyAsync(_submission.SendAsync(stop.Token));
            attempt = await PollAsync(attempt, stop.Token);
            return await read(Succeeded(attempt), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await StopAsync(read, cancellationToken);
        }
    }

    /// <summary>Lets go of what is still under way.</summary>
    public void Dispose() => _submission.Dispose();

    private async Task<Attempt> PollAsync(Attempt attempt, CancellationToken stop)
    {
        var wait = _session.Limits.FirstPoll;
        while (true)
        {
            var known = Handle;
            Handle = attempt.Answer?.Handle ?? Handle;
            if (attempt is not { Kind: AttemptKind.Answered, Status: HttpStatusCode.Accepted })
            {
                return attempt;
            }

            if (known != Handle)
            {
                await TellAsync();
            }

            await Task.Delay(wait, _session.Time, stop);
            wait = Min(wait * 1.5, _session.Limits.LongestPoll);
            attempt = await TrulyAsync(GetAsync(SqlApiPath.Status(Handle!), stop));
        }
    }

    // Before it is sent, and again when it has a handle: whoever finds this process dead can ask for the statement.
    private ValueTask TellAsync() => _request.Changes
        ? _scope.Observer.OnEventAsync(new StatementSubmitted(_scope.Table, _scope.Step, _id) { Handle = Handle }, CancellationToken.None)
        : ValueTask.CompletedTask;

    // A statement that another process submitted is asked for by its handle. One that Snowflake knows no more is submitted under its old id
    // as a retry, so that it runs only if it did not.
    private async Task<Attempt?> AskAsync(CancellationToken stop)
    {
        if (_request.InFlight is null || Handle is not { } handle)
        {
            return null;
        }

        var attempt = await TrulyAsync(GetAsync(SqlApiPath.Status(handle), stop));
        return attempt is { Kind: AttemptKind.Answered, Status: HttpStatusCode.NotFound } ? null : attempt;
    }

    private Task<Attempt> GetAsync(string path, CancellationToken stop) =>
        _session.Resender.SendAsync(token => _session.Transport.SendAsync(HttpMethod.Get, path, null, token), _networkBudget, stop);

    // The answer of a statement that succeeded; every other one is an error.
    private StatementAnswer Succeeded(Attempt attempt) => attempt switch
    {
        { Kind: not AttemptKind.Answered } => throw NoAnswer(attempt),
        { Status: HttpStatusCode.OK, Answer: { Code: not SnowflakeCodes.ResultTooLarge } answer } => answer,
        { Status: HttpStatusCode.RequestTimeout, Answer: { } answer } => throw _errors.StoppedBySnowflake(answer),
        { Status: HttpStatusCode.UnprocessableEntity, Answer: { Code: SnowflakeCodes.StatementTimeout } answer } =>
            throw _errors.StoppedBySnowflake(answer),
        { Status: HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, Answer: { } answer } => throw _errors.Failed(answer),
        _ => throw Truly(_errors.Refused(attempt, _session.Transport.Tokens, _session.Time.GetUtcNow())),
    };

    // Where the statement may have run and changes something, an error that says nothing about it leaves it unknown.
    private bool IsUncertain => _request.Changes && _submission.MayHaveRun;

    private EltException Truly(EltException failure) => IsUncertain ? _errors.Unknown(Handle, failure) : failure;

    // No token any more, in the middle of it.
    private async Task<Attempt> TrulyAsync(Task<Attempt> work)
    {
        try
        {
            return await work;
        }
        catch (EltException failure)
        {
            throw Truly(failure);
        }
    }

    private EltException NoAnswer(Attempt attempt) => IsUncertain
        ? _errors.Unknown(Handle, _errors.NoAnswer(attempt, _networkBudget), attempt.Error)
        : _errors.Unreachable(attempt, _networkBudget);

    private async Task<SnowflakeResult> ReadRowsAsync(StatementAnswer first, CancellationToken stop)
    {
        Handle = first.Handle ?? Handle;
        var rows = first.IsOfSeveral || first.Rows is null ? [] : first.Rows;
        if (first.Partitions > 1 && Handle is not null && !_request.Changes)
        {
            var all = new List<IReadOnlyList<string?>>(rows);
            for (var partition = 1; partition < first.Partitions; partition++)
            {
                all.AddRange(await ReadPartitionAsync(partition, stop));
            }

            rows = all;
        }

        return new SnowflakeResult(Handle ?? string.Empty, rows, _submission.IsRepeated);
    }

    // The time is over, or the caller cancelled.
    private async Task<T> StopAsync<T>(Func<StatementAnswer, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        // Where the machine slept, the caller's own limit is over as well, and its token says cancelled: that is no wish of anybody's.
        var isCancelled =
            cancellationToken.IsCancellationRequested && !(_scope.Deadline.IsLimited && _scope.Deadline.Remaining == TimeSpan.Zero);
        var (answer, isDefinite) = _submission.MayHaveRun ? await StopInSnowflakeAsync() : (null, true);
        if (answer is { Status: HttpStatusCode.OK, Answer: { Code: not SnowflakeCodes.ResultTooLarge } success }
            && (_request.Changes || success.Partitions == 1))
        {
            return await read(success, CancellationToken.None);
        }

        if (isCancelled)
        {
            if (!isDefinite && _request.Changes)
            {
                var reason = "The statement was cancelled, but Snowflake did not say what became of it.";
                var warning = $"{reason} It may have taken effect, or may do so yet. {_errors.WhatToLookUp(Handle)}";
                await _scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);

                // Not a cancel: that would say that it has no effect, and what still runs in Snowflake may have one later.
                throw _errors.Unknown(Handle, reason, null);
            }

            throw new OperationCanceledException("The statement was cancelled.", cancellationToken);
        }

        var isStopped = answer?.Answer?.Code is null or SnowflakeCodes.Cancelled or SnowflakeCodes.StatementTimeout
            || answer.Status is HttpStatusCode.RequestTimeout or HttpStatusCode.OK;
        throw isDefinite || !_request.Changes
            ? isStopped ? _errors.DeadlineOver(answer?.Answer) : _errors.Failed(answer!.Answer!)
            : Unconfirmed(_errors.DeadlineOver(null));

        EltException Unconfirmed(EltException late) =>
            _errors.Unknown(Handle, late.With(what: $"{late.What} Snowflake did not confirm that in time."));
    }

    private async Task<(Attempt? Answer, bool IsDefinite)> StopInSnowflakeAsync()
    {
        // Nine tenths: whoever enforces the deadline from outside must find us done.
        var left = _scope.Deadline.IsLimited ? _scope.Deadline.Remaining * 0.9 : _session.Limits.Settle;
        using var end = new CancellationTokenSource(Min(left, _session.Limits.Settle), _session.Time);
        (Handle, var answer) = await new StatementStop(_session.Transport, _session.Options, _session.TimeZone, _session.Time)
            .StopAsync(Handle, Handle is null ? _submission.Posting : null, _id, _request.Statements.Count == 1, end.Token);
        return (answer, answer is not null);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
