namespace EltPs.Engine.Reports;

/// <summary>The interval that a run was for.</summary>
/// <param name="Start">Where it begins, with the zone's offset.</param>
/// <param name="End">The first moment that is no longer in it, with the zone's offset.</param>
/// <param name="TimeZone">The zone as an IANA name.</param>
public sealed record ReportedInterval(DateTimeOffset Start, DateTimeOffset End, string TimeZone);
