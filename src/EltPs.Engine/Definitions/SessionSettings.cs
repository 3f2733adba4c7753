namespace EltPs.Engine.Definitions;

/// <summary>Everything that a session with a warehouse depends on.</summary>
/// <param name="Connection">The warehouse.</param>
/// <param name="TimeZone">The session's time zone as an IANA name; month boundaries depend on it.</param>
/// <param name="Sources">The raw tables that the SQL reads.</param>
public sealed record SessionSettings(
    ConnectionDefinition Connection,
    string TimeZone,
    IReadOnlyList<SourceDefinition> Sources)
{
    /// <summary>The time zone of a pipeline that names none.</summary>
    public const string DefaultTimeZone = "UTC";
}
