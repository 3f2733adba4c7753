namespace EltPs.Engine.Events;

/// <summary>A message for the person who started the run.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">The message. No secret may be in it.</param>
public sealed record MessageRaised(MessageLevel Level, string Text) : RunEvent;

/// <summary>How much a message matters.</summary>
public enum MessageLevel
{
    /// <summary>For who wants to know in detail.</summary>
    Detail,

    /// <summary>Something that somebody should look at, though the run goes on.</summary>
    Warning,
}
