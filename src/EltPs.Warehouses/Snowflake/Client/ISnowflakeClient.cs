using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A way to run statements on Snowflake: its SQL REST API, or its ADO.NET driver.</summary>
internal interface ISnowflakeClient : IAsyncDisposable
{
    /// <summary>How it signs in and over which protocol, in words (<c>key pair, SQL API</c>).</summary>
    string SignIn { get; }

    /// <summary>Runs the statements of one request, in order, and waits for the definite answer.</summary>
    /// <param name="request">One statement, or several that are sent together.</param>
    /// <param name="scope">On whose behalf; its deadline bounds all waiting, and the query tag tells its pipeline, run, table and
    /// step.</param>
    /// <param name="cancellationToken">Stops the statement in Snowflake too.</param>
    /// <returns>The rows of a single statement; no rows for several.</returns>
    /// <exception cref="EltPs.Engine.Errors.EltException">
    /// StatementFailed (Snowflake refused it), Timeout (stopped because its time was over), SignInFailed, ConnectionFailed (nothing can
    /// have taken effect), Unknown (a statement that changes something may or may not have taken effect).
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled, and stopped in Snowflake. A statement that had taken effect before the cancel reached it returns its result instead.
    /// </exception>
    Task<SnowflakeResult> ExecuteAsync(SnowflakeRequest request, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Runs a query that changes nothing and gives its rows as they come, as values.</summary>
    /// <param name="query">The query.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Stops the query in Snowflake too.</param>
    /// <inheritdoc cref="ExecuteAsync" path="/exception"/>
    Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken);
}
