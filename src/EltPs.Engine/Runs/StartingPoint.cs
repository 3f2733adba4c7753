using EltPs.Engine.Definitions;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>Finds the table that a run begins with.</summary>
internal static class StartingPoint
{
    /// <summary>The index of the first table to build; the number of tables if there is none.</summary>
    public static int Find(PipelineDefinition pipeline, RunOptions options, WarehouseCatalog catalog)
    {
        if (pipeline.PublishTogether)
        {
            // All or none: where a part is not up to date, all of it is built again.
            return options.Resume is { } run && pipeline.Tables.All(table => IsUpToDate(table, run, catalog)) ? pipeline.Tables.Count : 0;
        }

        for (var index = 0; index < pipeline.Tables.Count; index++)
        {
            var table = pipeline.Tables[index];
            var isBehind = options.StartAt is { } start
                ? catalog.Identifiers.Key(start) != catalog.Identifiers.Key(table.Name)
                : options.Resume is { } resumed && IsUpToDate(table, resumed, catalog);
            if (!isBehind)
            {
                return index;
            }
        }

        return pipeline.Tables.Count;
    }

    /// <summary>
    /// The build of that table that the interrupted run had sent and that would still be published; null if there is none.
    /// </summary>
    public static BuildInFlight? Build(TableDefinition table, RunOptions options, WarehouseCatalog catalog) =>
        options.Resume is { } run
        && Known(table, run)?.BuildOf(run.RunId) is { } build
        && build.Replaces == GenerationRule.Replaces(catalog.Find(table.Name))
            ? build
            : null;

    // The marker in the warehouse decides, not what the run wrote down: it may have died between the swap and the line about it.
    private static bool IsUpToDate(TableDefinition table, RunRecord resumed, WarehouseCatalog catalog) =>
        Known(table, resumed) is { Generation: { } generation } && catalog.Find(table.Name)?.Marker?.Generation == generation;

    private static TableRecord? Known(TableDefinition table, RunRecord resumed) =>
        resumed.Find(table.Name) is { } known && known.DefinitionHash == DefinitionHash.Of(table) ? known : null;
}
