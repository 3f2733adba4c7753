using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>An open transaction of a session. To dispose it before it is committed rolls everything back.</summary>
internal interface IWarehouseTransaction : IAsyncDisposable
{
    /// <summary>
    /// Throws if what reads a table that was published in the transaction does not work any more. To be asked when all are published: a
    /// view over two tables fits when both are the new ones.
    /// </summary>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.PublishFailed"/>.</exception>
    Task EnsureReadableAsync(TableName target, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Lets everything take effect. A cancel that comes later than its beginning is not looked at: nobody would know the outcome.
    /// </summary>
    /// <exception cref="Errors.EltException">It was refused; nothing took effect.</exception>
    Task CommitAsync(WorkScope scope, CancellationToken cancellationToken);
}
