using EltPs.Engine.Alerts;

namespace EltPs.Alerts;

/// <summary>What alerts need to know of this machine and its environment.</summary>
internal static class AlertPlace
{
    /// <summary>Where messages come from.</summary>
    public static AlertContext Context { get; } = new(Environment.MachineName, Environment.GetEnvironmentVariable);
}
