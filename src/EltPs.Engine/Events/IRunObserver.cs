namespace EltPs.Engine.Events;

/// <summary>The one way in which the engine speaks to the outside while it works.</summary>
internal interface IRunObserver
{
    /// <summary>
    /// Takes an event; the engine goes on when the returned task is done, so a slow reader slows the engine instead of a queue growing.
    /// </summary>
    ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken);
}
