using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;

namespace EltPs.Engine.Warehouses;

/// <summary>A trial of sources and tables, in the order of a run. Nothing of it is left when it is disposed.</summary>
/// <remarks>What the warehouse refuses is returned; what keeps it from answering (a lost connection, a timeout) is thrown.</remarks>
internal interface IWarehouseTrial : IAsyncDisposable
{
    /// <summary>
    /// Whether SQL sees the tables that were tried before it, with the columns that they would get. Otherwise it sees what stands at their
    /// names now.
    /// </summary>
    bool SeesTriedTables { get; }

    /// <summary>Tries to make the sources readable, and gives those that are not, each with the reason.</summary>
    Task<IReadOnlyList<(SourceDefinition Source, EltException Failure)>> TrySourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Tries a table's SQL, without a row of it being read; null if nothing is wrong with it.</summary>
    Task<TrialFault?> TryTableAsync(TableTrial table, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Tries what a published table takes along (indexes) or keeps working (views that read it), with the table that was tried; null if all
    /// fits.
    /// </summary>
    Task<EltException?> TryReadersAsync(CatalogEntry target, WorkScope scope, CancellationToken cancellationToken);
}
