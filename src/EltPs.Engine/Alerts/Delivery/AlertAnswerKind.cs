namespace EltPs.Engine.Alerts;

/// <summary>What became of a message that was sent.</summary>
internal enum AlertAnswerKind
{
    /// <summary>The target has taken it.</summary>
    Accepted,

    /// <summary>The target certainly does not have it.</summary>
    Refused,

    /// <summary>No definite answer came: the target may have it or not.</summary>
    Unknown,
}
