namespace EltPs.Engine.Sql;

/// <summary>What warehouses read differently in the same text.</summary>
/// <param name="HasBackslashEscapes">Whether a backslash in <c>'…'</c> takes the next character as it is.</param>
/// <param name="HasSlashComments">Whether <c>//</c> begins a comment.</param>
/// <param name="HasDollarTags">Whether <c>$tag$ … $tag$</c> is text as <c>$$ … $$</c> is.</param>
public sealed record SqlSyntax(bool HasBackslashEscapes, bool HasSlashComments, bool HasDollarTags)
{
    /// <summary>DuckDB's and the standard's reading.</summary>
    /// <remarks>Source: DuckDB documentation, "Literal Types".</remarks>
    public static SqlSyntax Standard { get; } = new(HasBackslashEscapes: false, HasSlashComments: false, HasDollarTags: true)
    {
        Acts = ReadOnlyFunctions.ActsInDuckDb,
    };

    /// <summary>Snowflake's reading.</summary>
    /// <remarks>Source: Snowflake documentation, "String &amp; binary data types" and "Query syntax".</remarks>
    public static SqlSyntax Snowflake { get; } = new(HasBackslashEscapes: true, HasSlashComments: true, HasDollarTags: false)
    {
        Acts = ReadOnlyFunctions.ActsInSnowflake,
        HasFlowOperator = true,
    };

    /// <summary>Whether a function of that name does more than to give a value.</summary>
    internal Func<string, bool> Acts { get; private init; } = static _ => false;

    /// <summary>Whether <c>-&gt;&gt;</c> begins another statement, which reads the result of the one before it.</summary>
    /// <remarks>Source: Snowflake documentation, "Flow operators". In DuckDB it is an operator of JSON.</remarks>
    internal bool HasFlowOperator { get; private init; }
}
