using EltPs.Engine.Errors;

namespace EltPs.Engine.Runs;

/// <summary>An attempt at a table that another one followed.</summary>
/// <param name="Attempt">Which one it was, from 1.</param>
/// <param name="Error">What stopped it.</param>
/// <param name="Wait">How long the next one waited.</param>
public sealed record FailedAttempt(int Attempt, EltException Error, TimeSpan Wait)
{
    /// <summary>Which one it was, and what stopped it.</summary>
    public override string ToString() => $"{Attempt}: {Error.Message}";
}
