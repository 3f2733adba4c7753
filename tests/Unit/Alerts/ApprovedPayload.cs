using EltPs.Tests.Support;

namespace EltPs.Tests.Alerts;

/// <summary>Compares a payload with the one that was read and approved, in the folder Approved.</summary>
internal static class ApprovedPayload
{
    /// <summary>Fails unless the payload is the approved one.</summary>
    public static void Matches(string name, string json) => ApprovedText.Matches("Alerts", $"{name}.json", json + "\n");
}
