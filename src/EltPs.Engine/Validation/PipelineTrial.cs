using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Files;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Validation;

/// <summary>
/// Tries the sources and then each table, in the order of a run; a table that fails is no reason not to look at those that do not read it.
/// </summary>
internal sealed class PipelineTrial(
    PipelineDefinition pipeline,
    IDialect dialect,
    WarehouseCatalog catalog,
    RunValues values,
    FileReads reads,
    IWarehouseTrial trial,
    WorkScope scope,
    IAdviceWording? wording)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<int> _unreadableSources = [];

    // Tables that were not tried, or failed: SQL that reads them would be told what is not so.
    private readonly HashSet<int> _untried = [];

    /// <summary>Tries all of them.</summary>
    /// <param name="scopeOf">The scope of a table, with the time that it has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(Func<TableDefinition, WorkScope> scopeOf, CancellationToken cancellationToken)
    {
        var sources = pipeline.Session.Sources;
        foreach (
            var (source, failure) in await scope.EnforceAsync(token => trial.TrySourcesAsync(sources, scope, token), cancellationToken))
        {
            _findings.Add(Finding.Of(failure, source.Location, table: null));
            _unreadableSources.UnionWith(Enumerable.Range(0, sources.Count).Where(index => sources[index] == source));
        }

        var obstacles = Preflight
            .Obstacles(pipeline.Tables, catalog, force: false)
            .ToLookup(obstacle => obstacle.Table, obstacle => obstacle.Failure);
        for (var index = 0; index < pipeline.Tables.Count; index++)
        {
            var table = pipeline.Tables[index];
            var inTheWay = obstacles[table].ToList();
            _findings.AddRange(inTheWay.Select(failure => Finding.Of(failure.In(wording), table.Location, table.Name)));
            _findings.AddRange(
                Preflight
                    .Warnings(table, catalog, dialect)
                    .Select(warning => new Finding(FindingSeverity.Warning, warning) { Location = table.Location, Table = table.Name }));
            if (!await TryAsync(index, inTheWay, scopeOf(table), cancellationToken))
            {
                _untried.Add(index);
            }
            else if (!pipeline.PublishTogether)
            {
                await TryReadersAsync(index, inTheWay.Count == 0, scopeOf(table), cancellationToken);
            }
        }

        // A view over two tables fits when both are the new ones.
        for (var index = 0; pipeline.PublishTogether && index < pipeline.Tables.Count; index++)
        {
            await TryReadersAsync(
                index,
                !_untried.Contains(index) && !obstacles[pipeline.Tables[index]].Any(),
                scopeOf(pipeline.Tables[index]),
                cancellationToken);
        }

        return _findings;
    }

    private async Task<bool> TryAsync(int index, List<EltException> inTheWay, WorkScope tableScope, CancellationToken cancellationToken)
    {
        var table = pipeline.Tables[index];
        if (!TableSql.TryRender(table, values, out var sql, out var problems))
        {
            _findings.AddRange(
                problems.Select(problem => new Finding(FindingSeverity.Error, problem.Message)
                {
                    Location = Place(table, problem.Offset),
                    Table = table.Name,
                    Kind = EltErrorKind.PlaceholderUnfilled,
                }));
            return false;
        }

        var read = reads.Of(sql.Shape);
        if (!JudgeOrder(index, read) || !CanBeTried(table, index, read))
        {
            return false;
        }

        var isObstructed = inTheWay.Exists(failure => failure.Kind is not EltErrorKind.StagingTaken);
        var request = new TableTrial(table.Name, sql.Text, catalog.CreatesSchemas && catalog.IsSchemaMissing(table.Name), isObstructed);
        if (await tableScope.EnforceAsync(token => trial.TryTableAsync(request, tableScope, token), cancellationToken) is not { } fault)
        {
            return !isObstructed;
        }

        var place = fault.Offset is { } offset ? Place(table, sql.ToTemplate(offset)) : table.Location;
        var earlier =
            trial.SeesTriedTables || fault.IsSyntax ? null : read.FirstOrDefault(other => other.Table >= 0 && other.Table < index);
        _findings.Add(
            earlier is null
            ? Finding.Of(fault.Failure, place, table.Name)
            : Finding.Of(fault.Failure, place, table.Name) with
            {
                Severity = FindingSeverity.Warning,
                Message =
                        $"As the tables are now, the SQL is refused: {FailureText.Reason(fault.Failure)}\n{table.Name} reads "
                            + $"{pipeline.Tables[earlier.Table]}, which this file builds before it, perhaps with other columns: then a run "
                            + "succeeds.",
            });
        return false;
    }

    private async Task TryReadersAsync(int index, bool isTried, WorkScope tableScope, CancellationToken cancellationToken)
    {
        var table = pipeline.Tables[index];
        if (isTried
            && catalog.Find(table.Name) is { } target
            && await tableScope.EnforceAsync(token => trial.TryReadersAsync(target, tableScope, token), cancellationToken) is { } failure)
        {
            _findings.Add(Finding.Of(failure, table.Location, table.Name));
        }
    }

    // A table that reads a later one, or itself, sees what the run before has published.
    private bool JudgeOrder(int index, IReadOnlyList<FileRead> read)
    {
        var isRight = true;
        var table = pipeline.Tables[index];
        foreach (var other in read.Where(other => other.Table >= index))
        {
            var named = pipeline.Tables[other.Table];
            var isThere = catalog.Find(named.Name) is not null;
            isRight &= isThere;
            var what =
                other.Table == index
                    ? $"{table.Name} reads itself"
                    : $"{table.Name} reads {named.Name}, which this file builds later, at {named.Location}";
            var moveIt =
                other.Table == index
                    ? "Make the table once, with the columns that its SQL reads"
                    : $"Move {named.Name} before {table.Name}, or build {named.Name} once by itself";
            var message = isThere
                ? $"{what}: it sees the rows that the run before has published."
                : $"{what}, and it is not in the warehouse yet, so that a run fails here. {moveIt}.";
            _findings.Add(new Finding(isThere ? FindingSeverity.Warning : FindingSeverity.Error, message)
            {
                Location = Place(table, other.Offset),
                Table = table.Name,
                Kind = EltErrorKind.ReadsBeforeBuilt,
            });
        }

        return isRight;
    }

    private bool CanBeTried(TableDefinition table, int index, IReadOnlyList<FileRead> read)
    {
        foreach (var other in read)
        {
            var reason = (other.Table, other.Source) switch
            {
                (-1, var source) when _unreadableSources.Contains(source) =>
                    $"it reads the source {pipeline.Session.Sources[source].Name}, which cannot be read",
                (-1, _) => null,
                (var before, _) when before < index && trial.SeesTriedTables && _untried.Contains(before) =>
                    $"it reads {pipeline.Tables[before].Name}, whose own columns are not known because of what is wrong with it",
                (var before, _) when before < index && !trial.SeesTriedTables && catalog.Find(pipeline.Tables[before].Name) is null =>
                    $"it reads {pipeline.Tables[before].Name}, which this file builds before it and which is not in the warehouse yet",
                _ => null,
            };
            if (reason is not null)
            {
                _findings.Add(
                    new Finding(FindingSeverity.NotChecked, $"The SQL of {table.Name} was not checked: {reason}.")
                    {
                        Location = Place(table, other.Offset),
                        Table = table.Name,
                    });
                return false;
            }
        }

        return true;
    }

    private static SourceLocation? Place(TableDefinition table, int offset) =>
        table.Location is { } start ? TextPosition.In(start, table.Sql.AsSpan(0, offset)) : null;
}
