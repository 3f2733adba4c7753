using EltPs.Engine.Alerts;

namespace EltPs.Alerts;

/// <summary>What alerts need to know of this machine and its environment.</summary>
internal static class AlertPlace
{
    /// <summary>Where messages come from.</summary>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    public static AlertContext Context(string? statePath) => new(Environment.MachineName, Environment.GetEnvironmentVariable) { StatePath = statePath };
}
