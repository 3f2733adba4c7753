using System.Data.Common;
using System.Diagnostics;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>Runs statements on one connection: tells the observer, shows progress, and really interrupts what is cancelled.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="driver">What the connection's driver has of its own.</param>
/// <param name="dialect">How a transaction begins and ends.</param>
internal sealed class StatementRunner(DbConnection connection, IDriver driver, TransactionalDialect dialect)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a statement that keeps the catalog, and returns nothing.</summary>
    public Task ExecuteAsync(string sql, IRunObserver observer, CancellationToken cancellationToken) =>
        RunAsync(sql, isOfTable: false, Execute, observer, cancellationToken);

    /// <summary>Runs a statement that returns nothing.</summary>
    public Task ExecuteAsync(Statement statement, IRunObserver observer, CancellationToken cancellationToken) =>
        RunAsync(statement.Sql, statement.Role.IsOfTable(), Execute, observer, cancellationToken);

    /// <summary>Runs statements in the transaction that is open; its own beginning and end are not run.</summary>
    public async Task ExecuteAsync(IEnumerable<Statement> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach (var statement in statements.Where(IsWithin))
        {
            await ExecuteAsync(statement, observer, cancellationToken);
        }
    }

    /// <summary>Whether a statement is one of the inside of a transaction, which the runner itself begins and ends.</summary>
    public static bool IsWithin(Statement statement) => statement.Role is not (StatementRole.Begin or StatementRole.Commit);

    /// <summary>Runs a query of the catalog, and reads each row.</summary>
    public Task<List<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> readRow,
        IRunObserver observer,
        CancellationToken cancellationToken) => QueryAsync(sql, isOfTable: false, readRow, observer, cancellationToken);

    /// <summary>Runs a query, and reads each row.</summary>
    public Task<List<T>> QueryAsync<T>(
        Statement statement,
        Func<DbDataReader, T> readRow,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        QueryAsync(statement.Sql, statement.Role.IsOfTable(), readRow, observer, cancellationToken);

    /// <summary>Does one step of a statement whose rows are read bit by bit: it begins, or gives its next rows.</summary>
    /// <remarks>The caller tells the observer when the statement has ended, and translates what the driver throws.</remarks>
    public async Task<T> StepAsync<T>(Func<T> step, IRunObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var command = connection.CreateCommand();
        try
        {
            var work = Task.Run(step, CancellationToken.None);
            await WatchAsync(work, command, observer, cancellationToken);
            return await work;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Runs statements as one transaction: all take effect or none.</summary>
    public Task InTransactionAsync(IReadOnlyList<Statement> statements, IRunObserver observer, CancellationToken cancellationToken) =>
        TryInTransactionAsync(
            async () =>
            {
                await ExecuteAsync(statements, observer, cancellationToken);
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
            await BeginAsync(observer, cancellationToken);
            if (await statements())
            {
                await CommitAsync(observer, cancellationToken);
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

    /// <summary>Begins a transaction.</summary>
    public Task BeginAsync(IRunObserver observer, CancellationToken cancellationToken) =>
        ExecuteAsync(dialect.Begin.Sql, observer, cancellationToken);

    /// <summary>Lets everything in the transaction take effect.</summary>
    /// <remarks>From its beginning on it is not interrupted: the outcome of an interrupted commit is not known.</remarks>
    public Task CommitAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ExecuteAsync(dialect.Commit.Sql, observer, CancellationToken.None);
    }

    /// <summary>Rolls back whatever transaction is open.</summary>
    public async Task RollbackAsync(IRunObserver observer)
    {
        try
        {
            await ExecuteAsync(dialect.Rollback, observer, CancellationToken.None);
        }
        catch (EltException)
        {
            // A failed BEGIN has opened none and a failed COMMIT has ended it already; what made them fail is the error to tell.
        }
    }

    private Task<List<T>> QueryAsync<T>(
        string sql,
        bool isOfTable,
        Func<DbDataReader, T> readRow,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        RunAsync(
            sql,
            isOfTable,
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

    private static int Execute(DbCommand command) => command.ExecuteNonQuery();

    private async Task<T> RunAsync<T>(
        string sql,
        bool isOfTable,
        Func<DbCommand, T> execute,
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
            // Embedded drivers have no asynchronous calls (https://duckdb.net documents them as synchronous ones in disguise), and every
            // driver has the synchronous ones.
            var work = Task.Run(() => execute(command), CancellationToken.None);
            await WatchAsync(work, command, observer, cancellationToken);
            var result = await work;
            succeeded = true;
            return result;
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw driver.Translate(exception, sql);
        }
        finally
        {
            await observer.OnEventAsync(
                new StatementFinished(sql, Stopwatch.GetElapsedTime(started), succeeded) { IsOfTable = isOfTable },
                CancellationToken.None);
        }
    }

    // Ends when the statement has ended and never before: the connection must not be used for anything else, not even a rollback, until
    // then.
    private async Task WatchAsync(Task work, DbCommand command, IRunObserver observer, CancellationToken cancellationToken)
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
                // Not awaited here: an observer that keeps us waiting must not keep a cancel from the statement. What nobody may cancel
                // (COMMIT) reports no progress, because an observer that fails would interrupt it.
                report = observer.OnEventAsync(new StatementProgress(driver.Progress), cancellationToken).AsTask();
            }
        }

        await report;
    }
}
