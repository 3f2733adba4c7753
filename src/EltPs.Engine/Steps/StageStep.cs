using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Builds staging tables with CREATE TABLE AS SELECT. The only maker of <see cref="StagedTable"/>.</summary>
internal sealed class StageStep(WarehouseSession session, TimeProvider time, IRunObserver observer)
{
    private const string NothingChanged = "Nothing was changed.";

    /// <summary>What would stage a table.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="catalog">What stands at its names.</param>
    /// <param name="values">The run's values.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    /// <param name="together">Whether it is a part of a run that publishes all tables or none.</param>
    public static StepPlan Plan(
        TableDefinition definition,
        WarehouseCatalog catalog,
        RunValues values,
        IDialect dialect,
        bool together = false)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        var marker = new GenerationMarker(
            definition.Name.ToString(),
            GenerationMarker.GenerationPlaceholder,
            GenerationRule.Replaces(catalog.Find(definition.Name)),
            GenerationMarker.RunPlaceholder);
        return new StepPlan(
            EltStep.Stage, definition.Name, dialect.Stage(Request(definition, catalog, marker, values, dialect, together)));
    }

    /// <summary>What staging this one table would send now.</summary>
    /// <exception cref="EltException">Something that must not be replaced is in the way.</exception>
    public async Task<StepPlan> PlanAsync(TableDefinition definition, StageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);

        var scope = Scope(definition, options);
        await using (var lease = await session.AcquireAsync(scope, cancellationToken))
        {
            var catalog = await LookUpAsync(lease.Warehouse, definition, options.Force, scope, cancellationToken);
            var sources = await lease.Warehouse.PlanSourcesAsync(session.Settings.Sources, scope, cancellationToken);
            var stage = Plan(definition, catalog, options.Values, session.Dialect);
            return stage with { Statements = [.. sources, .. stage.Statements] };
        }
    }

    /// <summary>Builds the staging table, with the marker that tells which build it is and what it replaces.</summary>
    /// <exception cref="EltException">Something that must not be replaced is in the way, or the statement failed; nothing was
    /// changed.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled; the published table is as it was. The staging name holds what it held before, but on Snowflake the previous generation is
    /// dropped at the beginning of the staging; a warning says if the outcome is not known.
    /// </exception>
    public async Task<StagedTable> StageAsync(TableDefinition definition, StageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);

        var started = time.GetTimestamp();
        await observer.OnEventAsync(new StepStarted(definition.Name, EltStep.Stage), cancellationToken);
        var scope = Scope(definition, options);
        try
        {
            await using (var lease = await session.AcquireAsync(scope, cancellationToken))
            {
                var marker = await BuildAsync(lease, definition, options, scope, cancellationToken);
                var elapsed = time.GetElapsedTime(started);
                await observer.OnEventAsync(new StepFinished(definition.Name, EltStep.Stage, elapsed), cancellationToken);
                return new StagedTable(definition, session, marker, time.GetUtcNow(), elapsed);
            }
        }
        catch (EltException failure) when (failure.Step is null)
        {
            throw failure.At(definition, EltStep.Stage);
        }
    }

    private async Task<GenerationMarker> BuildAsync(
        SessionLease lease, TableDefinition definition, StageOptions options, WorkScope scope, CancellationToken cancellationToken)
    {
        string? replaces = null;
        try
        {
            return await scope.EnforceAsync(
                async token =>
                {
                    await lease.PrepareSourcesAsync(scope, token);
                    var catalog = options.Catalog ?? await LookUpAsync(lease.Warehouse, definition, options.Force, scope, token);
                    replaces = GenerationRule.Replaces(catalog.Find(definition.Name));
                    if (options.Build is { } build
                        && await TakeUpAsync(lease.Warehouse, definition, catalog, build, options.Values, scope, token) is { } earlier)
                    {
                        return earlier;
                    }

                    var marker = new GenerationMarker(
                        definition.Name.ToString(),
                        Guid.CreateVersion7(time.GetUtcNow()).ToString(),
                        replaces,
                        options.RunId);
                    await observer.OnEventAsync(new GenerationAssigned(definition.Name, marker.Generation, marker.Replaces), token);
                    await lease.Warehouse.StageAsync(
                        Request(definition, catalog, marker, options.Values, session.Dialect, options.Together),
                        scope,
                        token);
                    return marker;
                },
                cancellationToken);
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.Unknown && cancellationToken.IsCancellationRequested)
        {
            // What is published does not depend on it, and the next run builds the staging table anew: the caller's own word stands.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.At(definition, EltStep.Stage, WhatIsLeft(definition, replaces, failure.Kind), Next(failure.Kind));
        }
    }

    // Under the generation and the run of the build that is in flight: it is the same request, and the check compares what it made.
    private async Task<GenerationMarker?> TakeUpAsync(
        IWarehouse warehouse,
        TableDefinition definition,
        WarehouseCatalog catalog,
        BuildInFlight build,
        RunValues values,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var marker = new GenerationMarker(definition.Name.ToString(), build.Generation, build.Replaces, build.RunId);
        try
        {
            await observer.OnEventAsync(new GenerationAssigned(definition.Name, marker.Generation, marker.Replaces), cancellationToken);
            var request = Request(definition, catalog, marker, values, session.Dialect, together: false) with
            {
                InFlight = build.Statement,
            };
            await warehouse.StageAsync(request, scope, cancellationToken);
            return marker;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            var detail =
                $"{definition.Name}: the build that run {build.RunId} had sent failed and is sent again: {FailureText.Reason(failure)}";
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Detail, detail), cancellationToken);
            return null;
        }
    }

    // Before the catalog was read it is not known whether there is a published table.
    private static string WhatIsLeft(TableDefinition definition, string? replaces, EltErrorKind kind)
    {
        var left = replaces switch
        {
            null => "Nothing was published.",
            GenerationMarker.First => $"{definition.Name} was not created.",
            _ => "The published table was left as it was.",
        };
        return kind == EltErrorKind.Unknown
            ? $"{left} Whether the staging table was built is not known; the next run builds it anew."
            : left;
    }

    private static Advice? Next(EltErrorKind kind) => kind switch
    {
        EltErrorKind.StatementFailed => Advice.Say("Correct the SQL and run again."),
        EltErrorKind.Unknown => null,
        _ => Advice.Say("Run again."),
    };

    /// <summary>Takes up the staging table that stands there already, built by an earlier <see cref="StageAsync"/>.</summary>
    /// <param name="definition">The table; its SQL is not run.</param>
    /// <param name="options">With <see cref="StageOptions.Force"/>, a staging table without a marker is given one.</param>
    /// <param name="checks">What a staging table without a marker must pass before it is given one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException">There is no staging table, or EltPs did not build it, or a check failed; nothing was
    /// changed.</exception>
    public async Task<StagedTable> FindStagedAsync(
        TableDefinition definition, StageOptions options, TableChecks checks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(checks);

        var scope = Scope(definition, options);
        try
        {
            await using (var lease = await session.AcquireAsync(scope, cancellationToken))
            {
                return await scope.EnforceAsync(
                    token => FindStagedAsync(lease.Warehouse, definition, options, checks, scope, token), cancellationToken);
            }
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            // A marker that was perhaps written is no harm: the next time it is found, or written again.
            throw failure.At(
                definition,
                EltStep.Publish,
                "Nothing was published, and the published table was left as it was.",
                Advice.Say("Run again."));
        }
        catch (EltException failure) when (failure.Step is null)
        {
            throw failure.At(definition, EltStep.Publish);
        }
    }

    private async Task<StagedTable> FindStagedAsync(
        IWarehouse warehouse,
        TableDefinition definition,
        StageOptions options,
        TableChecks checks,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var catalog = await LookUpAsync(warehouse, definition, options.Force, scope, cancellationToken);
        var target = catalog.Find(definition.Name);
        var staging = catalog.Find(definition.Name.Staging)
            ?? throw TableSwap.NotStaged(definition.Name);
        if (staging.Marker is { } marker)
        {
            return new StagedTable(definition, session, marker, time.GetUtcNow(), TimeSpan.Zero);
        }

        if (!options.Force)
        {
            // Unmarked though not refused above: it is the table that the first publish pushed aside.
            throw new EltException(
                EltErrorKind.NotStaged,
                $"{definition.Name.Staging} holds the table that was published before EltPs took over, not a new build.")
            {
                Table = definition.Name,
                Consequences = [NothingChanged],
                Advice = [Advice.StageOrBringBack(definition.Name)],
            };
        }

        var adopted = new GenerationMarker(
            definition.Name.ToString(),
            Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            GenerationRule.Replaces(target),
            options.RunId);
        var found = new StagedTable(definition, session, adopted, time.GetUtcNow(), TimeSpan.Zero);

        // Once it has a marker, the next build replaces it unasked: so not before it is sure to be published.
        var aggregates = checks.Aggregates(warehouse.Dialect);
        var reading = await warehouse.MeasureAsync(definition.Name, aggregates, scope, cancellationToken);
        TableCheck.EnsurePasses(found, reading.Values ?? throw TableSwap.NotStaged(definition.Name), checks);

        await warehouse
            .MarkStagingAsync(definition.Name, adopted.ToComment(GenerationMarker.UserComment(staging.Comment)), scope, cancellationToken);
        return found;
    }

    private WorkScope Scope(TableDefinition definition, StageOptions options) =>
        StepScope.Of(definition, EltStep.Stage, options.RunId, options.Deadline, observer, time);

    private async Task<WarehouseCatalog> LookUpAsync(
        IWarehouse warehouse, TableDefinition definition, bool force, WorkScope scope, CancellationToken cancellationToken)
    {
        TableDefinition[] tables = [definition];
        var catalog = await warehouse.LookUpAsync(Preflight.Names(tables), scope, cancellationToken);
        Preflight.EnsureStageable(tables, catalog, force);
        foreach (var warning in Preflight.Warnings(definition, catalog, session.Dialect))
        {
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken);
        }

        return catalog;
    }

    // The run is the marker's: a build that is taken up has the id of the run that sent it, in its SQL too.
    private static StageRequest Request(
        TableDefinition definition,
        WarehouseCatalog catalog,
        GenerationMarker marker,
        RunValues values,
        IDialect dialect,
        bool together)
    {
        var target = catalog.Find(definition.Name);
        return new StageRequest(
            definition.Name,
            TableSql.Render(definition, values with { RunId = marker.RunId }),
            marker.ToComment(GenerationMarker.UserComment(target?.Comment)),
            target,
            catalog.IsSchemaMissing(definition.Name))
        {
            UnfinishedComment = marker.Unfinished().ToString(),
            Options = definition.Options,
            Method = definition.Publish,
            Together = together,
        };
    }
}
