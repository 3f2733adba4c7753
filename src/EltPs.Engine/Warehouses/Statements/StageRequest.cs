using EltPs.Engine.Definitions;
using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>Build a staging table.</summary>
/// <param name="Target">The table that it is meant to become.</param>
/// <param name="Sql">The query, without a trailing semicolon.</param>
/// <param name="Comment">The new table's comment: the user's own and the marker.</param>
/// <param name="TargetEntry">What is published now; null if nothing is.</param>
/// <param name="CreateSchema">Whether the schema does not exist yet; a warehouse that does not create schemas fails then.</param>
internal sealed record StageRequest(TableName Target, string Sql, string Comment, CatalogEntry? TargetEntry, bool CreateSchema)
{
    /// <summary>
    /// The comment of the staging table while a warehouse builds it in several statements: one that no publish and no undo takes.
    /// </summary>
    public string UnfinishedComment { get; init; } = string.Empty;

    /// <summary>What else is said of the table, for the options of a warehouse's own.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>The same request as an interrupted run sent it, where the warehouse can be asked for it; null if there was none.</summary>
    public StatementInFlight? InFlight { get; init; }

    /// <summary>
    /// Whether it is a part of a run that publishes all tables or none: within the transaction of that run, where the warehouse has one.
    /// </summary>
    public bool Together { get; init; }

    /// <summary>How it will be published.</summary>
    public PublishMethod Method { get; init; }
}
