namespace EltPs.Engine.Events;

/// <summary>An observer that takes no notice.</summary>
internal sealed class SilentObserver : IRunObserver
{
    private SilentObserver()
    {
    }

    /// <summary>The only instance.</summary>
    public static SilentObserver Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
