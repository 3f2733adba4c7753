using EltPs.Engine.Events;

namespace EltPs.Engine.Alerts;

/// <summary>Warnings of what became of alerts. They are shown also if the run is being stopped.</summary>
internal static class Warnings
{
    /// <summary>Warns; does nothing without a text.</summary>
    public static ValueTask WarnAsync(this IRunObserver observer, string? text, Advice? advice = null) =>
        text is null
            ? ValueTask.CompletedTask
            : observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text) { Advice = advice }, CancellationToken.None);
}
