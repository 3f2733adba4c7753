using System.Data.Common;
using System.Diagnostics;

using DuckDB.NET.Data;

using EltPs.Engine.Errors;
using EltPs.Engine.Runs;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Runs statements on one connection: tells the observer, shows progress, and really interrupts what is cancelled.</summary>
internal sealed class StatementRunner
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    private readonly DuckDBConnection _connection;

    public StatementRunner(DuckDBConnection connection) => _connection = connection;

    /// <summary>Runs a statement that returns nothing.</summary>
    public Task ExecuteAsync(string sql, IRunObserver observer, CancellationToken cancellationToken) =>
        RunAsync(sql, static command => command.ExecuteNonQuery(), observer, cancellationToken);

    /// <summary>Runs a query and reads each row.</summary>
    public Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> readRow, IRunObserver observer, CancellationToken cancellationToken) =>
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

    /// <summary>Runs statements as one transaction: all of them take effect or none.</summary>
    public async Task InTransactionAsync(Func<Task> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(DuckDbDialect.Begin, observer, cancellationToken).ConfigureAwait(false);
            await statements().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            // From here on there is no way back: an interrupted commit would leave nobody knowing.
            await ExecuteAsync(DuckDbDialect.Commit, observer, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            await RollbackAsync(observer).ConfigureAwait(false);
            throw;
        }
    }

    private async Task RollbackAsync(IRunObserver observer)
    {
        try
        {
            await ExecuteAsync(DuckDbDialect.Rollback, observer, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EltException)
        {
            // A failed BEGIN has opened none and a failed COMMIT has ended it already; what made them fail is the error to tell.
        }
    }

    private async Task<T> RunAsync<T>(string sql, Func<DuckDBCommand, T> execute, IRunObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        var succeeded = false;
        try
        {
            // The driver has no asynchronous calls: https://duckdb.net documents them as synchronous ones in disguise.
            var work = Task.Run(() => execute(command), CancellationToken.None);
            try
            {
                await WatchAsync(work, command, observer, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // An observer that fails must not leave a statement running behind its command's back.
                await InterruptAsync(work, command).ConfigureAwait(false);
                throw;
            }

            var result = await work.ConfigureAwait(false);
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
            await observer.OnEventAsync(new StatementFinished(sql, Stopwatch.GetElapsedTime(started), succeeded), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task InterruptAsync(Task work, DuckDBCommand command)
    {
        do
        {
            command.Cancel();
        }
        while (await Task.WhenAny(work, Task.Delay(WatchInterval, CancellationToken.None)).ConfigureAwait(false) != work);
    }

    private async Task WatchAsync(Task work, DuckDBCommand command, IRunObserver observer, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted && await Task.WhenAny(work, Task.Delay(WatchInterval, CancellationToken.None)).ConfigureAwait(false) != work)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                // Again and again: an interrupt that arrives before the statement has begun is lost.
                command.Cancel();
            }
            else if (_connection.GetQueryProgress().Percentage is >= 0 and var percentage)
            {
                await observer.OnEventAsync(new StatementProgress(Math.Min(percentage / 100, 1)), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
