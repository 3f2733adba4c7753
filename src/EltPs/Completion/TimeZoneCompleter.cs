using System.Collections;
using System.Management.Automation;

namespace EltPs.Completion;

/// <summary>Completes time zones by their IANA ids; a part of the id is enough.</summary>
internal sealed class TimeZoneCompleter : QuietCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound) =>
        TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => (Id: Iana(zone), zone.DisplayName))
            .Where(zone => zone.Id is not null && zone.Id.Contains(word, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(zone => zone.Id)
            .OrderBy(zone => zone.Id, StringComparer.Ordinal)
            .Select(zone => CompletionText.Result(zone.Id!, CompletionResultType.ParameterValue, zone.Id!, zone.DisplayName));

    private static string? Iana(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var id) ? id : null;
}
