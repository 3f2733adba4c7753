namespace EltPs.Engine.Warehouses;

/// <summary>A session that can try what a run would send, without any of it taking effect.</summary>
internal interface ITrialWarehouse : IWarehouse
{
    /// <summary>Begins a trial, in a session that was opened with <see cref="SessionMode.Trial"/>.</summary>
    /// <param name="targets">What stands at the names of the tables that will be tried.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IWarehouseTrial> BeginTrialAsync(IReadOnlyCollection<CatalogEntry> targets, WorkScope scope, CancellationToken cancellationToken);
}
