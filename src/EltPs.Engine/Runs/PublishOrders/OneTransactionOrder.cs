using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>
/// All tables in one transaction of the warehouse, from the first build to the last swap: a later table's SQL reads the new rows of an
/// earlier one, all others see the old rows of all until the commit, and a failure anywhere rolls everything back.
/// </summary>
/// <remarks>Nothing in it is attempted again: an error may have ended the transaction, and what came before is lost with it.</remarks>
internal sealed class OneTransactionOrder(RunContext context, ITransactionalWarehouse warehouse) : IPublishOrder
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await context.AskTogetherAsync(cancellationToken);
        try
        {
            await context.ConfirmAsync(await CommittedAsync(cancellationToken));
        }
        catch (EltException failure)
        {
            throw failure.NothingPublished(context.Pipeline);
        }
    }

    private async Task<IReadOnlyList<SwappedTable>> CommittedAsync(CancellationToken cancellationToken)
    {
        await using (var transaction = await BeginAsync(cancellationToken))
        {
            var swapped = new List<SwappedTable>();
            for (var index = 0; index < context.Pipeline.Tables.Count; index++)
            {
                swapped.Add(await SwapAsync(index, cancellationToken));
            }

            for (var index = 0; index < swapped.Count; index++)
            {
                context.Run.Return(index);
                await EnsureReadableAsync(transaction, swapped[index], cancellationToken);
            }

            await CommitAsync(transaction, cancellationToken);
            return swapped;
        }
    }

    private async Task<SwappedTable> SwapAsync(int index, CancellationToken cancellationToken)
    {
        var table = context.Pipeline.Tables[index];
        await context.Observer.OnEventAsync(context.Run.Begin(index), cancellationToken);
        context.Run.Attempt(1);
        var stage = new StageOptions(context.Run.RunId)
        {
            Values = context.Options.Values,
            Catalog = context.Catalog,
            Deadline = context.DeadlineOf(table),
            Together = true,
        };
        var verified = await context.BuildAsync(table, stage, cancellationToken);
        return await context.Swap.SwapAsync(verified, context.DeadlineOf(table), together: true, cancellationToken);
    }

    private async Task<IWarehouseTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var scope = new WorkScope(context.Observer)
        {
            Pipeline = context.Pipeline.Name,
            RunId = context.Run.RunId,
            Deadline = Deadline.In(context.Pipeline.Timeout, context.Time),
        };
        try
        {
            return await scope.EnforceAsync(
                token => warehouse.BeginAsync([.. context.Pipeline.Tables.Select(table => table.Name)], scope, token), cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.BeforeTheFirst(context.Pipeline);
        }
    }

    private async Task EnsureReadableAsync(IWarehouseTransaction transaction, SwappedTable swapped, CancellationToken cancellationToken)
    {
        var table = swapped.Verified.Staged.Definition;
        var scope = StepScope.Of(table, EltStep.Publish, context.Run.RunId, context.DeadlineOf(table), context.Observer, context.Time);
        try
        {
            await scope.EnforceAsync(token => transaction.EnsureReadableAsync(table.Name, scope, token), cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.At(table, EltStep.Publish, $"{swapped.Verified.Staged.WhatIsLeft}.");
        }
    }

    private async Task CommitAsync(IWarehouseTransaction transaction, CancellationToken cancellationToken)
    {
        context.Run.Leave();
        var scope = new WorkScope(context.Observer) { Pipeline = context.Pipeline.Name, RunId = context.Run.RunId, Step = EltStep.Publish };
        try
        {
            await transaction.CommitAsync(scope, cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.AtCommit(context.Pipeline);
        }
    }
}
