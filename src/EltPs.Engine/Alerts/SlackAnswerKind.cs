namespace EltPs.Engine.Alerts;

/// <summary>What became of a message that was sent.</summary>
public enum SlackAnswerKind
{
    /// <summary>Slack has taken it.</summary>
    Accepted,

    /// <summary>Slack has it not, for certain.</summary>
    Refused,

    /// <summary>No answer came: Slack may have it or not.</summary>
    Unknown,
}
