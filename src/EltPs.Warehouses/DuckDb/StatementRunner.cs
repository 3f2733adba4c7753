using System.Data.Common;
using System.Diagnostics;
using DuckDB.NET.Data;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Runs statements on one connection: tells the observer, shows progress, and really interrupts what is cancelled.</summary>
internal sealed class StatementRunner(DuckDBConnection connection)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);


    /// <summary>Runs a statement that returns nothing.</summary>
    public Task ExecuteAsync(string sql, IRunObserver observer, CancellationToken cancellationToken) =>
        RunAsync(sql, static command => command.ExecuteNonQuery(), observer, cancellationToken);

    /// <summary>Runs a query and reads each row.</summary>
    public Task<List<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        RunAsync(
            sql,
            command =>
            {
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                {
                    rows.Add(readRow(reader));
                }

                return rows;
            },
            observer,
            cancellationToken);

    /// <summary>
    /// Runs statements as one transaction, whose own BEGIN and COMMIT are the first and the last of them: all take effect or none.
    /// </summary>
    public Task InTransactionAsync(IReadOnlyList<string> statements, IRunObserver observer, CancellationToken cancellationToken) =>
        TryInTransactionAsync(
            async () =>
            {
                foreach (var statement in statements.Skip(1).SkipLast(1))
                {
                    await ExecuteAsync(statement, observer, cancellationToken);
                }

                return true;
            },
            observer,
            cancellationToken);

    /// <summary>The same for statements that may decide on the way that none of them is to take effect.</summary>
    /// <returns>Whether they took effect.</returns>
    public async Task<bool> TryInTransactionAsync(Func<Task<bool>> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Within: a cancel that arrives just when it has been sent must roll it back too.
            await ExecuteAsync(DuckDbDialect.Begin, observer, cancellationToken);
            if (await statements())
            {
                cancellationToken.ThrowIfCancellationRequested();

                // From here on there is no way back: an interrupted commit would leave nobody knowing.
                await ExecuteAsync(DuckDbDialect.Commit, observer, CancellationToken.None);
                return true;
            }
        }
        catch
        {
            await RollbackAsync(observer);
            throw;
        }

        await RollbackAsync(observer);
        return false;
    }

    /// <summary>Rolls back whatever transaction is open.</summary>
    public async Task RollbackAsync(IRunObserver observer)
    {
        try
        {
            await ExecuteAsync(DuckDbDialect.Rollback, observer, CancellationToken.None);
        }
        catch (EltException)
        {
            // A failed BEGIN has opened none and a failed COMMIT has ended it already; what made them fail is the error to tell.
        }
    }

    private async Task<T> RunAsync<T>(
        string sql,
        Func<DuckDBCommand, T> execute,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var succeeded = false;
        try
        {
            // The driver has no asynchronous calls: https://duckdb.net documents them as synchronous ones in disguise.
            var work = Task.Run(() => execute(command), CancellationToken.None);
            await WatchAsync(work, command, observer, cancellationToken);
            var result = await work;
            succeeded = true;
            return result;
        }
        catch (Exception exception) when (exception is DuckDBException or OperationCanceledException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.Translate(exception, sql);
        }
        finally
        {
            await observer.OnEventAsync(new StatementFinished(sql, Stopwatch.GetElapsedTime(started), succeeded), CancellationToken.None);
        }
    }

    // Ends when the statement has ended and never before: the connection must not be used for anything else, not even a rollback, until
    // then.
    private async Task WatchAsync(Task work, DuckDBCommand command, IRunObserver observer, CancellationToken cancellationToken)
    {
        var report = Task.CompletedTask;
        while (!work.IsCompleted && await Task.WhenAny(work, Task.Delay(WatchInterval, CancellationToken.None)) != work)
        {
            if (cancellationToken.IsCancellationRequested || report.IsFaulted)
            {
                // Again and again: an interrupt that arrives before the statement has begun is lost.
                command.Cancel();
            }
            else if (report.IsCompleted && cancellationToken.CanBeCanceled)
            {
                // Below zero while DuckDB cannot tell, as for a table function: shown as nothing done yet, so that the bar still says what
                // runs.
                var percentage = connection.GetQueryProgress().Percentage;
                // Not awaited here: an observer that keeps us waiting must not keep a cancel from the statement. What nobody may cancel
                // (COMMIT) reports no progress, because an observer that fails would interrupt it.
                report = observer.OnEventAsync(new StatementProgress(Math.Clamp(percentage / 100, 0, 1)), cancellationToken).AsTask();
            }
        }

        await report;
    }
}
