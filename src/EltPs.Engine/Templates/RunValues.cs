using System.Globalization;

namespace EltPs.Engine.Templates;

/// <summary>The values that SQL has of the run that builds it, under the names that Airflow gave them.</summary>
/// <remarks>
/// <c>ds</c> is the logical date, the day on which the data interval starts, as in Airflow; but in the pipeline's time zone, where Airflow
/// reckons in UTC. Source: Airflow documentation, "Templates reference".
/// </remarks>
public sealed record RunValues
{
    private const string Ds = "ds";
    private const string DsNoDash = "ds_nodash";
    private const string IntervalStart = "data_interval_start";
    private const string IntervalEnd = "data_interval_end";
    internal const string Run = "run_id";

    /// <summary>Nothing is known of the run.</summary>
    public static RunValues None { get; } = new();

    /// <summary>The names: <c>ds</c>, <c>ds_nodash</c>, <c>data_interval_start</c>, <c>data_interval_end</c>, <c>run_id</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ds, DsNoDash, IntervalStart, IntervalEnd, Run];

    /// <summary>The run's id, or words for it in a plan; null if nothing is known of it.</summary>
    public string? RunId { get; init; }

    /// <summary>
    /// The run's logical date, in the pipeline's time zone: where its data interval starts; of a run without one, when it was started. Null
    /// for neither.
    /// </summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>Where the run's data interval starts, in the pipeline's time zone; null for a run that has none.</summary>
    public DateTimeOffset? DataIntervalStart { get; init; }

    /// <summary>Where the run's data interval ends: the first moment that is no longer in it; null for a run that has none.</summary>
    public DateTimeOffset? DataIntervalEnd { get; init; }

    /// <summary>Whether a name is one of <see cref="Names"/>, in any case.</summary>
    public static bool IsName(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a name; null if this run has none, or if the name is none of <see cref="Names"/>.</summary>
    public SqlValue? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        object? value = name.ToLowerInvariant() switch
        {
            Ds => Date is { } date ? DateOnly.FromDateTime(date.DateTime) : null,
            DsNoDash => Date?.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            IntervalStart => DataIntervalStart,
            IntervalEnd => DataIntervalEnd,
            Run => RunId,
            _ => null,
        };
        return value is not null && SqlValue.TryCreate(value, out var result, out _) ? result : null;
    }

    private DateTimeOffset? Date => LogicalDate ?? DataIntervalStart;
}
