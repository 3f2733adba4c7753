namespace EltPs.Engine.Events;

/// <summary>
/// Lets each warning through once: the runs of a range would repeat for each interval what is so for all of them. A repetition is a detail.
/// </summary>
/// <param name="observer">Who sees what happens.</param>
internal sealed class WarningsOnce(IRunObserver observer) : IRunObserver
{
    private readonly HashSet<(string, Advice?)> _given = [];

    /// <inheritdoc/>
    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken) =>
        observer.OnEventAsync(
            runEvent is MessageRaised { Level: MessageLevel.Warning } warning && !IsNew(warning)
                ? warning with
                {
                    Level = MessageLevel.Detail,
                }
                : runEvent,
            cancellationToken);

    // A statement's progress comes from wherever its driver runs.
    private bool IsNew(MessageRaised warning)
    {
        lock (_given)
        {
            return _given.Add((warning.Text, warning.Advice));
        }
    }
}
