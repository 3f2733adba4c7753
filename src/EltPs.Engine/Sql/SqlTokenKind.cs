namespace EltPs.Engine.Sql;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword, a plain name or a number.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>Text in single quotes or between dollar signs.</summary>
    Text,

    /// <summary>Any other single character.</summary>
    Symbol,
}
