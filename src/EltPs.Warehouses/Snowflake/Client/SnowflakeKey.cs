namespace EltPs.Warehouses.Snowflake;

/// <summary>A key of a Snowflake connection.</summary>
/// <param name="Name">What EltPs calls it.</param>
/// <param name="OtherNames">What else Snowflake's own tools call it; case and <c>_</c> do not matter.</param>
internal sealed record SnowflakeKey(string Name, params IReadOnlyList<string> OtherNames)
{
    /// <summary>Whether its value is a secret, so that a connection may only say where it is.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The ADO.NET driver's name of a key that only this driver knows; null for all others.</summary>
    public string? DriverName { get; init; }
}
