namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>A column as an answer describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in upper case, such as <c>FIXED</c>.</param>
/// <param name="Scale">The digits behind the point, of a number; of a second, of a time.</param>
internal sealed record AnswerColumn(string Name, string Type, int Scale);
