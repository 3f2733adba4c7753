using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Under which names the generations of a table stand, judged by what stands at its two names.</summary>
/// <remarks>
/// The staging name has the previous generation after a publish, and the new one after a build: the markers tell which
/// (<see cref="GenerationRule"/>).
/// </remarks>
internal sealed class GenerationNames
{
    private readonly TableName _table;
    private readonly CatalogEntry? _published;
    private readonly CatalogEntry? _staging;

    private GenerationNames(TableName table, CatalogEntry? published, CatalogEntry? staging) =>
        (_table, _published, _staging) = (table, published, staging);

    private bool StagingIsPrevious =>
        _staging is { Kind: ObjectKind.Table }
        && _published?.Marker is { } published
        && GenerationRule.Replaces(_staging) == published.Replaces;

    /// <summary>Looks up what there is.</summary>
    public static async Task<GenerationNames> LookUpAsync(
        IWarehouse warehouse, TableName table, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(warehouse);
        ArgumentNullException.ThrowIfNull(table);
        var catalog = await warehouse.LookUpAsync([table, table.Staging], scope, cancellationToken);
        return new GenerationNames(table, catalog.Find(table), catalog.Find(table.Staging));
    }

    /// <summary>The name of a generation.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.TableNotFound"/>: there is none; the error says what there is.</exception>
    public TableName Require(TableGeneration generation) => generation switch
    {
        TableGeneration.Published when _published is not null => _table,
        TableGeneration.Previous when StagingIsPrevious => _table.Staging,
        TableGeneration.Staged when _staging is not null && !StagingIsPrevious => _table.Staging,
        _ => throw Missing(generation),
    };

    private EltException Missing(TableGeneration generation) => new(
        EltErrorKind.TableNotFound,
        generation switch
        {
            TableGeneration.Published => "no such table is published.",
            TableGeneration.Previous => "no previous generation is kept.",
            _ => "there is no build that was not published.",
        })
    {
        Table = _table,
        Consequences = [WhatIsThere()],
        Advice = _staging is null
            ? []
            : [Advice.LookAtGeneration((StagingIsPrevious ? TableGeneration.Previous : TableGeneration.Staged).ToString())],
    };

    private string WhatIsThere() => (_published, _staging) switch
    {
        (null, null) => $"Neither {_table} nor {_table.Staging} is there.",
        (not null, null) => $"Only the published {_table} is there.",
        _ when StagingIsPrevious => $"{_table.Staging} holds the generation that was published before.",
        (null, not null) => $"{_table.Staging} holds a build that was not published, and {_table} is not there.",
        _ => $"{_table.Staging} holds a build that was not published.",
    };
}
