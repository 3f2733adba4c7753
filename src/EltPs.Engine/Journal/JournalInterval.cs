using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>A data interval in a line of a journal.</summary>
/// <param name="Start">Where it begins, with the zone's offset.</param>
/// <param name="End">Where it ends, with the zone's offset.</param>
/// <param name="TimeZone">The zone as an IANA name.</param>
internal sealed record JournalInterval(DateTimeOffset Start, DateTimeOffset End, string TimeZone)
{
    public static JournalInterval? Of(DataInterval? interval) => interval is null ? null : new(interval.Start, interval.End, interval.TimeZone);

    public DataInterval ToInterval() => new(Start, End, TimeZone);
}
