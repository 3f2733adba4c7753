namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A privilege that a role has on an object.</summary>
internal readonly record struct Grant(string Privilege, string Role)
{
    public override string ToString() => $"{Privilege} TO {Role}";
}
