namespace EltPs.Engine.Events;

/// <summary>Something that happened in a run and that somebody may want to see.</summary>
public abstract record RunEvent;
