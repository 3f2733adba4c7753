namespace EltPs.Engine.Runs;

/// <summary>The order in which a run builds, checks and publishes its tables, and what becomes of the others if one fails.</summary>
internal interface IPublishOrder
{
    /// <summary>Works until all tables are published; throws what stopped it.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
