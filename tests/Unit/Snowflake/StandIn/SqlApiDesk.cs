using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Web;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>The SQL API's operations, as documented: submit, state, partitions, cancel, and finding and cancelling by tag.</summary>
internal sealed partial class SqlApiDesk(IStandInWarehouse warehouse, Func<DateTimeOffset> clock) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, StandInStatement> _byRequest = new();
    private readonly ConcurrentDictionary<string, StandInStatement> _byHandle = new();
    private readonly ConcurrentQueue<string> _executions = new();

    /// <summary>Every single statement that ran, in order.</summary>
    public IReadOnlyList<string> Executions => [.. _executions];

    /// <summary>Done when a statement is held.</summary>
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many statements have not ended.</summary>
    public int Running => _byHandle.Values.Count(statement => statement.Outcome is null);

    public int RowsPerPartition { get; set; } = int.MaxValue;

    public StandInStatement? Find(HttpMessage message) =>
        message.Path.Split('?')[0].Split('/') is { Length: >= 5 } parts && _byHandle.TryGetValue(parts[4], out var statement)
            ? statement
            : null;

    public async Task<HttpAnswer> SubmitAsync(SubmitMessage message, Fault? fault)
    {
        if (AnswerSide(message) is { } side)
        {
            return side;
        }

        // With retry=true what succeeded, or still runs, is not run again; without it, it is ("Submitting a request to execute SQL
        // statements").
        if (message.IsRetry && _byRequest.TryGetValue(message.RequestId, out var earlier) && earlier.Outcome is null or { IsSuccess: true })
        {
            return Describe(earlier, 0);
        }

        var now = clock();
        var statement = new StandInStatement(message.Statement, message.Context, now, message.Timeout);
        _byHandle[statement.Handle] = statement;
        _byRequest[message.RequestId] = statement;
        var parts = SqlSplitter.Split(message.Statement);
        if (message.Count != 0 && message.Count != parts.Count)
        {
            statement.End(StatementOutcome.Failure(
                "000008", "0A000", $"Actual statement count {parts.Count} did not match the desired statement count {message.Count}."));
        }
        else if (fault is Fault.Slow slow)
        {
            (statement.DueAt, statement.PollsLeft) = (now + slow.Duration, slow.Polls);
        }
        else if (fault is Fault.Hold)
        {
            statement.IsHeld = true;
            Held.TrySetResult();
            await EndedAsync(statement, message);
        }
        else
        {
            _ = RunIfDueAsync(statement);
            await EndedAsync(statement, message);
        }

        return Describe(statement, 0);
    }

    public async Task<HttpAnswer> PollAsync(HttpMessage message)
    {
        if (Find(message) is not { } statement)
        {
            return HttpAnswer.Of(404, "390142", "02000", "Statement not found.");
        }

        statement.PollsLeft--;
        await RunIfDueAsync(statement);
        var query = HttpUtility.ParseQueryString(
            message.Path.Contains('?', StringComparison.Ordinal) ? message.Path.Split('?')[1] : string.Empty);
        return Describe(
            statement,
            int.Parse(query["partition"] ?? "0", CultureInfo.InvariantCulture),
            message.Path.Split('?')[0].Split('/')[4]);
    }

    public HttpAnswer Cancel(HttpMessage message)
    {
        if (Find(message) is not { Outcome: null } statement)
        {
            return HttpAnswer.Of(422, "000709", "02000", "Statement not found or not active.");
        }

        statement.Cancel();
        return HttpAnswer.Of(200, "090001", "00000", "Statement canceled successfully.", statement.Handle);
    }

    public Task AllEndedAsync() => Task.WhenAll(_byHandle.Values.Select(statement => statement.Ended.Task));

    public void ForgetRequests() => _byRequest.Clear();

    /// <summary>Lets all go that are held.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var statement in _byHandle.Values.Where(statement => statement.IsHeld))
        {
            statement.IsHeld = false;
            await RunIfDueAsync(statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _byHandle.Values)
        {
            statement.Cancel();
        }
    }

    // With async=true the answer does not wait ("Submitting a request to execute SQL statements").
    private static Task EndedAsync(StandInStatement statement, SubmitMessage message) =>
        message.IsAsync ? Task.CompletedTask : statement.Ended.Task;

    private Task RunIfDueAsync(StandInStatement statement) =>
        statement.TryTake(clock()) ? Task.Run(() => Run(statement)) : Task.CompletedTask;

    private void Run(StandInStatement statement)
    {
        var outcome = StatementOutcome.Success();
        try
        {
            foreach (var part in SqlSplitter.Split(statement.Text))
            {
                statement.Cancelled.ThrowIfCancellationRequested();
                _executions.Enqueue(part);
                outcome = warehouse.Execute(part, statement.Context, statement.Cancelled);
                var handle = Guid.NewGuid().ToString();
                statement.Parts.Add((handle, part, outcome));
                _byHandle[handle] = statement;
                if (!outcome.IsSuccess)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            outcome = StatementOutcome.Failure("000604", "57014", "SQL execution canceled");
        }
        catch (Exception exception)
        {
            outcome = StatementOutcome.Failure("000603", "XX000", $"The stand-in failed: {exception}");
        }

        statement.End(outcome);
    }

    private HttpAnswer Describe(StandInStatement statement, int partition, string? handle = null) => statement.Outcome switch
    {
        null => HttpAnswer.Of(202, "333334", "00000", "Asynchronous execution in progress.", statement.Handle),
        { IsSuccess: false } failure => HttpAnswer.Of(
            statement.IsTimedOut ? 408 : 422,
            failure.Code,
            failure.SqlState,
            failure.Message,
            statement.Handle),
        { } outcome => ResultSet.Write(statement, outcome, handle ?? statement.Handle, partition, RowsPerPartition),
    };

    // What the client sends about statements whose handle it does not know.
    private HttpAnswer? AnswerSide(SubmitMessage message)
    {
        IReadOnlyList<IReadOnlyList<string?>> rows;
        if (TagSearch().Match(message.Statement) is { Success: true } search)
        {
            var running = _byHandle.Values.Where(statement =>
                statement.Outcome is null && statement.Context.QueryTag!.Contains(search.Groups[1].Value, StringComparison.Ordinal));
            rows = [.. running.Select(statement => (IReadOnlyList<string?>)[statement.Handle])];
        }
        else if (CancelCall().Matches(message.Statement) is { Count: > 0 } calls)
        {
            foreach (Match call in calls)
            {
                _byHandle.GetValueOrDefault(call.Groups[1].Value)?.Cancel();
            }

            rows = [[.. calls.Select(call => $"query [{call.Groups[1].Value}] terminated.")]];
        }
        else
        {
            return null;
        }

        var side = new StandInStatement(message.Statement, message.Context, clock(), null);
        return ResultSet.Write(side, StatementOutcome.Success(["C"], rows), side.Handle, 0, int.MaxValue);
    }

    [GeneratedRegex(@"QUERY_HISTORY_BY_USER\(.*CONTAINS\(query_tag, '([^']+)'\)", RegexOptions.Singleline)]
    private static partial Regex TagSearch();

    [GeneratedRegex(@"SYSTEM\$CANCEL_QUERY\('([^']+)'\)")]
    private static partial Regex CancelCall();
}
