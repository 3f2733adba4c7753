using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>A session with a warehouse in which building and swapping tables can be a part of one transaction.</summary>
internal interface ITransactionalWarehouse : IWarehouse
{
    /// <summary>
    /// Begins a transaction: what the session does from then on takes effect at its commit, for all others at one moment, or never. The
    /// session itself reads what it did.
    /// </summary>
    /// <param name="targets">The tables that will be published in it.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IWarehouseTransaction> BeginAsync(IReadOnlyCollection<TableName> targets, WorkScope scope, CancellationToken cancellationToken);
}
