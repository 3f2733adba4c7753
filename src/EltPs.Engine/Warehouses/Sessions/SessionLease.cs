
namespace EltPs.Engine.Warehouses;

/// <summary>The right to use a session; the last one to be disposed closes it.</summary>
internal sealed class SessionLease : IAsyncDisposable
{
    private readonly WarehouseSession _session;
    private int _isReleased;

    internal SessionLease(WarehouseSession session, IWarehouse warehouse)
    {
        _session = session;
        Warehouse = warehouse;
    }

    /// <summary>The open session.</summary>
    public IWarehouse Warehouse { get; }

    /// <summary>Makes the session's sources readable, once for as long as it is open.</summary>
    public Task PrepareSourcesAsync(WorkScope scope, CancellationToken cancellationToken) =>
        _session.PrepareSourcesAsync(Warehouse, scope, cancellationToken);

    /// <summary>Lets go of the session.</summary>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _isReleased, 1) == 0 ? _session.ReleaseAsync() : ValueTask.CompletedTask;
}
