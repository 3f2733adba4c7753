namespace EltPs.Engine.Alerts;

/// <summary>What a message says about where it comes from, which the engine does not find out by itself.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Variable">The value of an environment variable by its name, for links; null if it is not set.</param>
internal sealed record AlertContext(string Host, Func<string, string?> Variable);
