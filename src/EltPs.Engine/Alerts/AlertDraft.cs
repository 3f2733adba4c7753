namespace EltPs.Engine.Alerts;

/// <summary>A message that is about to be sent: kept in the outbox, where it could be.</summary>
public sealed class AlertDraft
{
    private readonly Dictionary<string, SlackTarget> _kept = new(StringComparer.Ordinal);
    private readonly List<SlackTarget> _unkept = [];

    internal AlertDraft(AlertReport report, SlackMessage message, AlertOutbox? outbox, DateTimeOffset writtenAt)
    {
        Report = report;
        Message = message;
        Outbox = outbox;
        WrittenAt = writtenAt;
    }

    /// <summary>Whether all of it is kept, so that it arrives some day whatever happens now.</summary>
    public bool IsKept => _unkept.Count == 0;

    internal AlertReport Report { get; }

    internal SlackMessage Message { get; }

    internal AlertOutbox? Outbox { get; }

    internal DateTimeOffset WrittenAt { get; }

    /// <summary>The files in the outbox with their targets.</summary>
    internal IReadOnlyDictionary<string, SlackTarget> Kept => _kept;

    /// <summary>The targets whose message is not kept.</summary>
    internal IReadOnlyList<SlackTarget> Unkept => _unkept;

    internal void Add(SlackTarget target, string? path)
    {
        if (path is null)
        {
            _unkept.Add(target);
        }
        else
        {
            _kept.Add(path, target);
        }
    }

    /// <summary>What is known of its delivery to a target before anything has come of it.</summary>
    internal SlackDelivery About(SlackTarget target, SlackDeliveryStatus status) => new(target.ToString(), status)
    {
        Pipeline = Report.Pipeline,
        RunId = Report.RunId,
        Text = Message.Text,
        WrittenAt = WrittenAt,
    };
}
