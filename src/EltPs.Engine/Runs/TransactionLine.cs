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
internal sealed class TransactionLine(LineWork work, ITransactionalWarehouse warehouse) : ILine
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await work.AskTogetherAsync(cancellationToken);
        try
        {
            await work.ConfirmAsync(await CommittedAsync(cancellationToken));
        }
        catch (EltException failure)
        {
            throw failure.NothingPublished(work.Pipeline);
        }
    }

    private async Task<IReadOnlyList<SwappedTable>> CommittedAsync(CancellationToken cancellationToken)
    {
        await using (var transaction = await BeginAsync(cancellationToken))
        {
            var swapped = new List<SwappedTable>();
            for (var index = 0; index < work.Pipeline.Tables.Count; index++)
            {
                swapped.Add(await SwapAsync(index, cancellationToken));
            }

            for (var index = 0; index < swapped.Count; index++)
            {
                work.Run.Return(index);
                await EnsureReadableAsync(transaction, swapped[index], cancellationToken);
            }

            await CommitAsync(transaction, cancellationToken);
            return swapped;
        }
    }

    private async Task<SwappedTable> SwapAsync(int index, CancellationToken cancellationToken)
    {
        var table = work.Pipeline.Tables[index];
        await work.Observer.OnEventAsync(work.Run.Begin(index), cancellationToken);
        work.Run.Attempt(1);
        var stage = new StageOptions(work.Run.RunId)
        {
            Values = work.Options.Values,
            Catalog = work.Catalog,
            Deadline = work.DeadlineOf(table),
            Together = true,
        };
        var verified = await work.BuildAsync(table, stage, cancellationToken);
        return await work.Swap.SwapAsync(verified, work.DeadlineOf(table), together: true, cancellationToken);
    }

    private async Task<IWarehouseTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var scope = new WorkScope(work.Observer)
        {
            Pipeline = work.Pipeline.Name,
            RunId = work.Run.RunId,
            Deadline = Deadline.In(work.Pipeline.Timeout, work.Time),
        };
        try
        {
            return await scope.EnforceAsync(
                token => warehouse.BeginAsync([.. work.Pipeline.Tables.Select(table => table.Name)], scope, token), cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.BeforeTheFirst(work.Pipeline);
        }
    }

    private async Task EnsureReadableAsync(IWarehouseTransaction transaction, SwappedTable swapped, CancellationToken cancellationToken)
    {
        var table = swapped.Verified.Staged.Definition;
        var scope = StepScope.Of(table, EltStep.Publish, work.Run.RunId, work.DeadlineOf(table), work.Observer, work.Time);
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
        work.Run.Leave();
        var scope = new WorkScope(work.Observer) { Pipeline = work.Pipeline.Name, RunId = work.Run.RunId, Step = EltStep.Publish };
        try
        {
            await transaction.CommitAsync(scope, cancellationToken);
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.AtCommit(work.Pipeline);
        }
    }
}
