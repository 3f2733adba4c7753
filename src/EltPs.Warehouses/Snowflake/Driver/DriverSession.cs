using System.Globalization;

using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>The parameters of a session, each sent only when it changes.</summary>
internal sealed class DriverSession
{
    // By parameter, as Snowflake has accepted it; null or absent for the account's own.
    private readonly Dictionary<string, string?> _accepted = new(StringComparer.Ordinal);

    /// <summary>The statement that sets the session's time zone.</summary>
    public static string TimeZone(string name) => Set("TIMEZONE", SnowflakeText.Literal(name));

    /// <summary>What must be sent so that Snowflake itself ends a statement whose caller has died; null if it has been.</summary>
    /// <remarks>
    /// A process that is killed can cancel nothing, and without a limit of its own a statement runs for two days (the page "Parameters").
    /// </remarks>
    public string? StatementTimeout(Deadline deadline) => Change(
        "STATEMENT_TIMEOUT_IN_SECONDS",
            deadline.IsLimited
                ? Math.Clamp(Math.Ceiling(deadline.Limit.TotalSeconds), 1, SnowflakeRequest.LongestTimeout)
                    .ToString(CultureInfo.InvariantCulture)
                : null);

    /// <summary>What must be sent so that the session's statements have this tag; null if it has been.</summary>
    public string? QueryTag(string tag) => Change("QUERY_TAG", SnowflakeText.Literal(tag));

    /// <summary>Remembers what Snowflake has accepted.</summary>
    public void Accepted(string statement)
    {
        // ALTER SESSION SET <parameter> = <literal>, ALTER SESSION UNSET <parameter>
        var words = statement.Split(' ', 6);
        _accepted[words[3]] = words.ElementAtOrDefault(5);
    }

    private static string Set(string parameter, string literal) => $"ALTER SESSION SET {parameter} = {literal}";

    private string? Change(string parameter, string? literal)
    {
        if (_accepted.GetValueOrDefault(parameter) == literal)
        {
            return null;
        }

        return literal is null ? $"ALTER SESSION UNSET {parameter}" : Set(parameter, literal);
    }
}
