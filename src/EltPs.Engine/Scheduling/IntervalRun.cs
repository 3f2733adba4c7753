using EltPs.Engine.Events;

namespace EltPs.Engine.Scheduling;

/// <summary>A run of a whole pipeline for one interval, as it is remembered.</summary>
/// <param name="Start">Where its interval begins.</param>
/// <param name="End">Where its interval ends.</param>
/// <param name="Status">How it ended, or that it has not.</param>
internal sealed record IntervalRun(DateTimeOffset Start, DateTimeOffset End, RunStatus Status);
