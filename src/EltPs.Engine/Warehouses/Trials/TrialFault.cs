using EltPs.Engine.Errors;

namespace EltPs.Engine.Warehouses;

/// <summary>What a warehouse has against a table's SQL.</summary>
/// <param name="Failure">What it said.</param>
/// <param name="Offset">The place in <see cref="TableTrial.Sql"/>, counted from 0 in UTF-16 code units; null if it told none, or one that
/// cannot be trusted.</param>
/// <param name="IsSyntax">Whether it could not even read the SQL: then it is wrong whatever the tables look like.</param>
internal sealed record TrialFault(EltException Failure, int? Offset, bool IsSyntax);
