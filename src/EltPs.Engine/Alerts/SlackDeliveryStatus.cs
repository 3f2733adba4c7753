namespace EltPs.Engine.Alerts;

/// <summary>What became of a message.</summary>
public enum SlackDeliveryStatus
{
    /// <summary>Slack has it.</summary>
    Delivered,

    /// <summary>It is kept, and goes out with the next run or when somebody sends what waits.</summary>
    Waiting,

    /// <summary>It was not delivered and is not kept.</summary>
    Lost,
}
