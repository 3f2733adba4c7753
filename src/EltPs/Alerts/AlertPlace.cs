using EltPs.Engine.Alerts;
using EltPs.Engine.Journal;

namespace EltPs.Alerts;

/// <summary>What alerts need to know of this machine and its environment.</summary>
internal static class AlertPlace
{
    private const string StateVariable = "ELTPS_STATE";

    /// <summary>Where messages come from.</summary>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    public static AlertContext Context(string? statePath) => new(Environment.MachineName, Environment.GetEnvironmentVariable) { StatePath = statePath };

    /// <summary>Whether -StatePath or the environment names a state folder.</summary>
    public static bool HasStatePath(string? statePath) => !string.IsNullOrEmpty(statePath ?? Environment.GetEnvironmentVariable(StateVariable));

    /// <summary>The state folder of a pipeline.</summary>
    /// <param name="pipelinePath">The pipeline file's absolute path.</param>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    /// <param name="fullPath">Makes a path of the user's session absolute.</param>
    public static StateFolder State(string pipelinePath, string? statePath, Func<string, string> fullPath)
    {
        var elsewhere = statePath ?? Environment.GetEnvironmentVariable(StateVariable);
        return StateFolder.For(pipelinePath, string.IsNullOrEmpty(elsewhere) ? null : fullPath(elsewhere));
    }
}
