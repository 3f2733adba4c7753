namespace EltPs.Engine.Events;

/// <summary>Words advice for those who read it: with the commands and the parameters that they have.</summary>
public interface IAdviceWording
{
    /// <summary>One sentence or more, with the full stop.</summary>
    string Word(Advice advice);
}
