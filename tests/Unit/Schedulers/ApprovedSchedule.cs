using EltPs.Tests.Support;

namespace EltPs.Tests.Schedulers;

/// <summary>Compares a scheduler's file with the one that was read and approved, in the folder Approved.</summary>
internal static class ApprovedSchedule
{
    /// <summary>Fails unless the text is the approved one.</summary>
    public static void Matches(string name, string text) => ApprovedText.Matches("Schedulers", name, text);
}
