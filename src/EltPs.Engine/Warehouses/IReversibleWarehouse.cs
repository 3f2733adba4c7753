namespace EltPs.Engine.Warehouses;

/// <summary>A session with a warehouse in which each swap takes effect by itself, and can be taken back by another one.</summary>
internal interface IReversibleWarehouse : IWarehouse
{
    /// <summary>
    /// Takes a publish back, so that what it replaced is published as it was and the new generation stands at the staging name; a first
    /// publish leaves no published table. Does nothing if the publish had not taken effect.
    /// </summary>
    /// <param name="request">The publish.</param>
    /// <param name="isUncertain">Whether nobody knows if it took effect, or still will: it must not be able to any more then.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Errors.EltException">
    /// <see cref="Errors.EltErrorKind.UndoRefused"/>: something else stands at one of the names. Any other: whether it was taken back is
    /// not known.
    /// </exception>
    Task TakeBackAsync(PublishRequest request, bool isUncertain, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>Drops what a publish replaced, if that still is what stands at the staging name; does nothing otherwise.</summary>
    Task DropPreviousAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken);

    /// <summary>The statement by which a person takes that publish back, without a semicolon.</summary>
    string TakeBackByHand(PublishRequest request);
}
