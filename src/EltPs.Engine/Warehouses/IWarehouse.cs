using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>
/// An open session with a warehouse: the verbs that the line needs. How a verb becomes atomic is the warehouse's own business.
/// </summary>
/// <remarks>
/// One verb at a time. Every verb throws <see cref="EltException"/> for what the warehouse refuses, and
/// <see cref="OperationCanceledException"/> after a cancelled statement was stopped in the warehouse too, not only waited for no longer.
/// </remarks>
internal interface IWarehouse : IAsyncDisposable
{
    /// <summary>The warehouse's SQL.</summary>
    IDialect Dialect { get; }

    /// <summary>Whether everything is lost when the session closes (an in-memory database).</summary>
    bool IsEphemeral { get; }

    /// <summary>Asks the warehouse who has signed in and with what, for a test of the connection.</summary>
    Task<ConnectionReport> DescribeAsync(WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Reads what stands under each of the names, in one look-up.</summary>
    Task<WarehouseCatalog> LookUpAsync(IReadOnlyCollection<TableName> names, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>The statements that <see cref="PrepareSourcesAsync"/> would send now; none if all sources are readable.</summary>
    Task<IReadOnlyList<Statement>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Makes the sources readable, or finds out that they are; names all that are not in one error.</summary>
    Task PrepareSourcesAsync(IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Builds a staging table; replaces whatever stood at the staging name, or leaves all as it was.</summary>
    Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Reads aggregates of a staging table and, with the same request, what stands at both names.</summary>
    /// <param name="target">The table that it is meant to become.</param>
    /// <param name="aggregates">The aggregates; the first is <see cref="IDialect.RowCount"/>.</param>
    /// <param name="scope">Who sees the statements that this takes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<StagingReading> MeasureAsync(
        TableName target,
        IReadOnlyList<string> aggregates,
        WorkScope scope,
        CancellationToken cancellationToken);

    /// <summary>
    /// Swaps a staging table into place, or throws and leaves all as it was. Calls
    /// <see cref="GenerationRule.EnsurePublishable"/> with what it finds right before.
    /// </summary>
    Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Swaps the previous generation back, or throws and leaves all as it was. Calls <see cref="GenerationRule.PlanUndo"/>
    /// with what it finds right before.
    /// </summary>
    Task<UndoPlan> UndoAsync(UndoRequest request, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the staging table that somebody else built a comment with a marker, so that it can be checked and published.
    /// </summary>
    Task MarkStagingAsync(TableName target, string comment, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Drops a staging table if it still is that generation; does nothing otherwise.</summary>
    Task DropStagingAsync(TableName target, string generation, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Begins a query that changes nothing, and gives its rows as they come.</summary>
    /// <remarks>
    /// A session of <see cref="SessionMode.Query"/> makes its sources readable for the query where they are not, and leaves nothing of that
    /// behind. An error of the query has the place in its SQL, where the warehouse tells it (<see cref="EltException.Offset"/>).
    /// </remarks>
    /// <param name="query">The query.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels until the rows begin to come; then it is up to <see cref="IRowReader.ReadAsync"/>.</param>
    Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken);
}
