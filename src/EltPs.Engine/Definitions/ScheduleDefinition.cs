namespace EltPs.Engine.Definitions;

/// <summary>When a pipeline is due. Checked for form when the file is read.</summary>
/// <param name="Expression">A preset (<c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>) or a cron expression
/// of five fields; null if it has none.</param>
/// <param name="StartDate">The first day, in the pipeline's time zone; null if it has none.</param>
/// <param name="EndDate">The last day, in the pipeline's time zone; null if it has none.</param>
/// <param name="Catchup">Whether missed intervals are run later.</param>
public sealed record ScheduleDefinition(string? Expression, DateTime? StartDate, DateTime? EndDate, bool Catchup);
