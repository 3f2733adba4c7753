using EltPs.Engine.Names;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Snowflake's names and literals.</summary>
internal static class SnowflakeText
{
    /// <summary>A name as it is stored: in upper case if it was not quoted.</summary>
    public static string Fold(Identifier identifier) => identifier.IsQuoted ? identifier.Text : identifier.Text.ToUpperInvariant();

    /// <summary>A text literal. A backslash escapes there (Snowflake documentation, "String &amp; binary data types").</summary>
    public static string Literal(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>What Snowflake said of a statement, with the query id by which its history knows it.</summary>
    public static string WithQuery(string message, string? queryId) => queryId is null ? message : $"{message} (query {queryId})";

    /// <summary>The information schema of the table's database: the session's own where the name says none.</summary>
    public static string InformationSchema(TableName name) =>
        name.Database is { } database ? $"{database}.information_schema" : "information_schema";
}
