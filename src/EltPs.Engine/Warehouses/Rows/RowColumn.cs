namespace EltPs.Engine.Warehouses;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name as the warehouse tells it: it may be empty, and others may have the same one.</param>
/// <param name="Type">The warehouse's name of its type, such as <c>DECIMAL</c> or <c>TIMESTAMP_TZ</c>.</param>
internal sealed record RowColumn(string Name, string Type);
