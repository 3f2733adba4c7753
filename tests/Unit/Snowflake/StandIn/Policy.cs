namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A policy that is set on a table or on one of its columns.</summary>
/// <param name="Kind"><c>MASKING_POLICY</c> or <c>ROW_ACCESS_POLICY</c>, as POLICY_REFERENCES says it.</param>
/// <param name="Name">The policy's name.</param>
/// <param name="Column">The column; null for a policy of the whole table.</param>
internal sealed record Policy(string Kind, string Name, string? Column);
