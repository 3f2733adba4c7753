using System.Text.Json.Serialization;

namespace EltPs.Engine.Scheduling;

/// <summary>
/// The time whose data a run is for: from its start on, up to its end and without it. The run is due at the end, when all the data is
/// there.
/// </summary>
/// <remarks>The notion is Airflow's ("Dag Runs", section "Data Interval"): from one time of the schedule to the next.</remarks>
/// <param name="Start">Where it begins, with the zone's offset; the run's logical date.</param>
/// <param name="End">Where it ends, with the zone's offset; the moment from which its run is due.</param>
/// <param name="TimeZone">The zone as an IANA name.</param>
public sealed record DataInterval(DateTimeOffset Start, DateTimeOffset End, string TimeZone)
{
    /// <summary>The run's logical date: the start of the interval. Journals and results name it beside the interval.</summary>
    [JsonIgnore]
    public DateTimeOffset LogicalDate => Start;

    /// <summary>Both ends in the zone's time, and the zone.</summary>
    public override string ToString() => ScheduleText.Span(Start, End, TimeZone);
}
