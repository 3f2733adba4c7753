namespace EltPs.Engine.Alerts;

/// <summary>What became of a message.</summary>
public enum AlertDeliveryStatus
{
    /// <summary>The target has it.</summary>
    Delivered,

    /// <summary>It is kept, and is sent again with the next run or by the command that sends what waits.</summary>
    Waiting,

    /// <summary>It was not delivered and is not kept.</summary>
    Lost,
}
