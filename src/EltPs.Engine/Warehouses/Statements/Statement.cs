namespace EltPs.Engine.Warehouses;

/// <summary>A statement, and what it is for.</summary>
/// <param name="Sql">Its text, without a trailing semicolon.</param>
/// <param name="Role">What it is for.</param>
internal sealed record Statement(string Sql, StatementRole Role)
{
    /// <summary>What it is about, as a SQL name, where that is not the table: the view that is tried.</summary>
    public string? Subject { get; init; }

    /// <summary>The text.</summary>
    public override string ToString() => Sql;
}
