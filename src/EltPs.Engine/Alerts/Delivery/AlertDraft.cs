namespace EltPs.Engine.Alerts;

/// <summary>A message of one channel that is about to be sent: kept in the outbox, where it could be.</summary>
internal sealed class AlertDraft
{
    private readonly Dictionary<string, AlertTarget> _kept = new(StringComparer.Ordinal);
    private readonly List<AlertTarget> _unkept = [];
    private readonly DateTimeOffset _writtenAt;
    private readonly Alert _alert;

    internal AlertDraft(IAlertChannel channel, Alert alert, AlertPayload payload, DateTimeOffset writtenAt)
    {
        _alert = alert;
        _writtenAt = writtenAt;
        Channel = channel;
        Payload = payload;
    }

    /// <summary>Whether all of it is kept, so that it arrives some day whatever happens now.</summary>
    public bool IsKept => _unkept.Count == 0;

    internal IAlertChannel Channel { get; }

    internal AlertPayload Payload { get; }

    /// <summary>The files in the outbox with their targets.</summary>
    internal IReadOnlyDictionary<string, AlertTarget> Kept => _kept;

    /// <summary>The targets whose message is not kept.</summary>
    internal IReadOnlyList<AlertTarget> Unkept => _unkept;

    /// <summary>The message to one target, as the outbox keeps it; null if it cannot, because the address has no reference.</summary>
    internal WaitingAlert? Waiting(AlertTarget target) => target.Reference is not { } reference ? null
        : new WaitingAlert(Channel.Keys.Channel, Payload, reference, target.BaseFolder, _writtenAt)
        {
            Pipeline = _alert.Pipeline,
            RunId = _alert.RunId,
        };

    internal void Add(AlertTarget target, string? path)
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

    /// <summary>What is known of its delivery to a target before it is sent.</summary>
    internal AlertDelivery About(AlertTarget target, AlertDeliveryStatus status) => new(Channel.Keys.Channel, target.ToString(), status)
    {
        Pipeline = _alert.Pipeline,
        RunId = _alert.RunId,
        Text = Channel.TextOf(Payload) ?? _alert.Title,
        WrittenAt = _writtenAt,
    };
}
