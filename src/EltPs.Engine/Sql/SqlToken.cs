namespace EltPs.Engine.Sql;

/// <summary>A piece of SQL and its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character, counted from 0.</param>
/// <param name="Length">Its length in UTF-16 code units, quotes included.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    /// <summary>The character behind it.</summary>
    public int End => Start + Length;
}
