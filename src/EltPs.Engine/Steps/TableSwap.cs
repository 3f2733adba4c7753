using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Swaps verified tables into place, and back.</summary>
internal sealed class TableSwap(TimeProvider time, IRunObserver observer)
{
    /// <summary>What would publish a table.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="catalog">What stands at its names.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    /// <param name="together">Whether it is a part of a run that publishes all tables or none.</param>
    public static StepPlan Plan(TableDefinition definition, WarehouseCatalog catalog, IDialect dialect, bool together = false)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        var request = PlannedRequest(definition, catalog, together);
        return new StepPlan(EltStep.Publish, definition.Name, dialect.Publish(request, catalog.Find(definition.Name)));
    }

    /// <summary>The request that would publish a table; the generation's id is a placeholder.</summary>
    internal static PublishRequest PlannedRequest(TableDefinition definition, WarehouseCatalog catalog, bool together) => new(
        definition.Name,
        GenerationMarker.GenerationPlaceholder,
        GenerationRule.Replaces(catalog.Find(definition.Name)),
        definition.KeepPrevious)
    {
        Method = definition.Publish,
        Together = together,
    };

    /// <summary>Swaps a verified table into place in one atomic step.</summary>
    /// <exception cref="EltException">Staging or published table changed since the check, or the warehouse refused; all is as it
    /// was.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it took effect; a first build's staging table was removed.</exception>
    public Task<PublishedTable> PublishAsync(VerifiedTable verified, CancellationToken cancellationToken) =>
        PublishAsync(verified, deadline: null, cancellationToken);

    /// <summary>The same, as a part of work with a deadline of its own.</summary>
    internal async Task<PublishedTable> PublishAsync(VerifiedTable verified, Deadline? deadline, CancellationToken cancellationToken) =>
        await ConfirmAsync(await SwapAsync(verified, deadline, together: false, cancellationToken));

    /// <summary>Swaps a verified table into place; until <see cref="ConfirmAsync"/> nobody is told that it is published.</summary>
    internal async Task<SwappedTable> SwapAsync(
        VerifiedTable verified,
        Deadline? deadline,
        bool together,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verified);

        var staged = verified.Staged;
        var request = Request(verified, together);
        var started = time.GetTimestamp();
        try
        {
            await observer.OnEventAsync(new StepStarted(staged.Name, EltStep.Publish), cancellationToken);
            var scope = StepScope.Of(staged.Definition, EltStep.Publish, staged.RunId, deadline, observer, time);
            await using (var lease = await staged.Session.AcquireAsync(scope, cancellationToken))
            {
                await scope.EnforceAsync(token => lease.Warehouse.PublishAsync(request, scope, token), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await staged.DiscardFirstBuildAsync(observer);
            throw;
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.Kind == EltErrorKind.Unknown
                ? failure.At(
                    staged.Definition,
                    EltStep.Publish,
                    $"Whether {staged.Name} was published is not known: it was if its comment names generation {staged.Generation}.",
                    Advice.Say("A new run compares before it swaps, so it is safe to run again."))
                : failure.At(staged.Definition, EltStep.Publish, $"{staged.WhatIsLeft}.");
        }
        catch (EltException failure) when (failure.Step is null)
        {
            throw failure.At(staged.Definition, EltStep.Publish);
        }

        return new SwappedTable(verified, request, time.GetElapsedTime(started));
    }

    /// <summary>Tells that a table is published.</summary>
    internal async Task<PublishedTable> ConfirmAsync(SwappedTable swapped)
    {
        var staged = swapped.Verified.Staged;

        // It is published: a cancel that arrives now must not make it look otherwise.
        await observer.OnEventAsync(new StepFinished(staged.Name, EltStep.Publish, swapped.Elapsed), CancellationToken.None);
        return new PublishedTable(staged.Definition, staged.Session)
        {
            Generation = staged.Generation,
            Replaced = staged.Replaces,
            Rows = swapped.Verified.Rows,
            RunId = staged.RunId,
            PublishedAt = time.GetUtcNow(),
            StageTime = staged.StageTime,
            CheckTime = swapped.Verified.CheckTime,
            PublishTime = swapped.Elapsed,
        };
    }

    /// <summary>The request that publishes a verified table.</summary>
    internal static PublishRequest Request(VerifiedTable verified, bool together) =>
        new(verified.Name, verified.Generation, verified.Staged.Replaces, verified.Staged.Definition.KeepPrevious)
        {
            Rows = verified.Rows,
            Method = verified.Staged.Definition.Publish,
            Together = together,
        };

    /// <summary>Swaps the previous generation back into place.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="session">The session to use.</param>
    /// <param name="publishedGeneration">What must still be published; null for whatever is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.UndoRefused"/> with the reason, or the warehouse refused; all is as it
    /// was.</exception>
    public async Task<PublishedTable> UndoAsync(
        TableDefinition definition, WarehouseSession session, string? publishedGeneration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(session);

        var started = time.GetTimestamp();
        var plan = await UndoAsync(definition, session, new UndoRequest(definition.Name, publishedGeneration), cancellationToken);
        return new PublishedTable(definition, session)
        {
            Generation = plan.Restored,
            Replaced = plan.Withdrawn,
            IsUndo = true,
            PublishedAt = time.GetUtcNow(),
            PublishTime = time.GetElapsedTime(started),
        };
    }

    private async Task<UndoPlan> UndoAsync(
        TableDefinition definition,
        WarehouseSession session,
        UndoRequest request,
        CancellationToken cancellationToken)
    {
        var scope = StepScope.Of(definition, EltStep.Publish, runId: null, deadline: null, observer, time);
        try
        {
            await using (var lease = await session.AcquireAsync(scope, cancellationToken))
            {
                return await scope.EnforceAsync(token => lease.Warehouse.UndoAsync(request, scope, token), cancellationToken);
            }
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.Kind == EltErrorKind.Unknown
                ? failure.At(
                    definition,
                    EltStep.Publish,
                    $"Whether the previous generation of {definition.Name} was swapped back is not known.",
                    Advice.Say(
                        "See which generation its comment names before you undo again, because an undo of an undo publishes the "
                            + "withdrawn one."))
                : failure.At(
                    definition,
                    EltStep.Publish,
                    "Nothing was swapped; the published table is as it was.",
                    Advice.Say("Undo again."));
        }
        catch (EltException failure) when (failure.Step is null)
        {
            throw failure.At(definition, EltStep.Publish);
        }
    }

    /// <summary>What publishing this one table would send now.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.NotStaged"/>: there is no staging table.</exception>
    public async Task<StepPlan> PlanAsync(TableDefinition definition, WarehouseSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(session);

        var catalog = await LookUpAsync(definition, session, cancellationToken);
        return catalog.Find(definition.Name.Staging) is not null
            ? Plan(definition, catalog, session.Dialect)
            : throw NotStaged(definition.Name).At(definition, EltStep.Publish);
    }

    /// <summary>The error of a table without a staging table.</summary>
    internal static EltException NotStaged(TableName table) =>
        new(EltErrorKind.NotStaged, $"there is no {table.Staging} to publish.")
        {
            Table = table,
            Consequences = ["Nothing was changed."],
            Advice = [Advice.StageFirst(table)],
        };

    /// <summary>
    /// The generation that is published now; <see cref="GenerationMarker.Unmarked"/> or <see cref="GenerationMarker.First"/> if none is.
    /// </summary>
    /// <exception cref="EltException">The warehouse could not be reached, or refused.</exception>
    public async Task<string> FindPublishedAsync(TableDefinition definition, WarehouseSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(session);

        var catalog = await LookUpAsync(definition, session, cancellationToken);
        return GenerationRule.Replaces(catalog.Find(definition.Name));
    }

    /// <summary>What an undo would send now.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.UndoRefused"/>, with the reason.</exception>
    public async Task<StepPlan> PlanUndoAsync(
        TableDefinition definition, WarehouseSession session, string? publishedGeneration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(session);

        var catalog = await LookUpAsync(definition, session, cancellationToken);
        var request = new UndoRequest(definition.Name, publishedGeneration);
        var plan = GenerationRule.PlanUndo(request, catalog.Find(definition.Name.Staging), catalog.Find(definition.Name));
        var statements = session.Dialect.Undo(request, plan, catalog.Find(definition.Name)!);
        return new StepPlan(EltStep.Publish, definition.Name, statements);
    }

    // What stands at the table's two names now.
    private async Task<WarehouseCatalog> LookUpAsync(
        TableDefinition definition,
        WarehouseSession session,
        CancellationToken cancellationToken)
    {
        var scope = StepScope.Of(definition, EltStep.Publish, runId: null, deadline: null, observer, time);
        await using (var lease = await session.AcquireAsync(scope, cancellationToken))
        {
            return await lease.Warehouse.LookUpAsync(Preflight.Names([definition]), scope, cancellationToken);
        }
    }
}
