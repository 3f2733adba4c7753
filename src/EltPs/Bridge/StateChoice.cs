namespace EltPs.Bridge;

/// <summary>The state folder that somebody chose, instead of the one beside the pipeline file.</summary>
internal static class StateChoice
{
    private const string Variable = "ELTPS_STATE";

    /// <summary>What -StatePath said, else the variable ELTPS_STATE; null if neither says anything.</summary>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    public static string? Of(string? statePath) =>
        (statePath ?? Environment.GetEnvironmentVariable(Variable)) is { } chosen && !string.IsNullOrWhiteSpace(chosen) ? chosen : null;
}
