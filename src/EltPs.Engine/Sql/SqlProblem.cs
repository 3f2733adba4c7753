namespace EltPs.Engine.Sql;

/// <summary>Why a text is not one query.</summary>
/// <param name="Offset">The place in the text, counted from 0 in UTF-16 code units.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record SqlProblem(int Offset, string Message);
