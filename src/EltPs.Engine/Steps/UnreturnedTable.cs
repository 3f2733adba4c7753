namespace EltPs.Engine.Steps;

/// <summary>A table that may be published without the others that belong to it, because it could not be put back.</summary>
/// <param name="Verified">The table.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Statement">What a person can run to put it back, without a semicolon; null where nothing can be done that way.</param>
internal sealed record UnreturnedTable(VerifiedTable Verified, string Reason, string? Statement);
