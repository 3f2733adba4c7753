namespace EltPs.Engine.Events;

/// <summary>A message for the person who started the run.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">The message. No secret may be in it.</param>
public sealed record MessageRaised(MessageLevel Level, string Text) : RunEvent
{
    /// <summary>What to do next; null for nothing.</summary>
    public Advice? Advice { get; init; }

    /// <summary>The message with its advice in words.</summary>
    /// <param name="wording">Words the advice.</param>
    public string In(IAdviceWording wording)
    {
        ArgumentNullException.ThrowIfNull(wording);
        return Advice is null ? Text : $"{Text} {wording.Word(Advice)}";
    }
}

/// <summary>How much a message matters.</summary>
public enum MessageLevel
{
    /// <summary>For who wants to know in detail.</summary>
    Detail,

    /// <summary>Something that somebody should look at, though the run goes on.</summary>
    Warning,
}
