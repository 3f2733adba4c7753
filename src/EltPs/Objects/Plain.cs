using EltPs.Engine.Names;
using EltPs.Engine.Runs;

namespace EltPs.Objects;

/// <summary>Values of the engine as values that PowerShell can write to a file and read again.</summary>
internal static class Plain
{
    /// <summary>A duration in seconds, to the microsecond.</summary>
    public static double Seconds(TimeSpan time) => RunSeconds.Of(time);

    /// <inheritdoc cref="Seconds(TimeSpan)"/>
    public static double? Seconds(TimeSpan? time) => time is { } known ? RunSeconds.Of(known) : null;

    /// <summary>A moment in UTC.</summary>
    public static DateTime Utc(DateTimeOffset moment) => moment.UtcDateTime;

    /// <inheritdoc cref="Utc(DateTimeOffset)"/>
    public static DateTime? Utc(DateTimeOffset? moment) => moment?.UtcDateTime;

    /// <summary>What a clock shows in the zone of the moment: no kind, so that nothing moves it to another zone.</summary>
    public static DateTime? Clock(DateTimeOffset? moment) => moment?.DateTime;

    /// <summary>A name as text.</summary>
    public static string? Text(TableName? name) => name?.ToString();
}
