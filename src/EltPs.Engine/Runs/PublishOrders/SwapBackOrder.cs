using EltPs.Engine.Errors;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>
/// All tables are built and checked before the first one is swapped into place; if one cannot be, or the run is stopped meanwhile, those
/// before it are swapped back. For a warehouse that cannot roll back what it builds and swaps.
/// </summary>
internal sealed class SwapBackOrder(RunContext context, IReversibleWarehouse warehouse) : IPublishOrder
{
    private readonly TableReturn _return = new(warehouse, context.Time, context.Observer);
    private readonly List<VerifiedTable> _verified = [];
    private readonly List<SwappedTable> _swapped = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await context.AskTogetherAsync(cancellationToken);
        try
        {
            for (var index = 0; index < context.Pipeline.Tables.Count; index++)
            {
                _verified.Add(await BuildAsync(index, cancellationToken));
            }

            for (var index = 0; index < _verified.Count; index++)
            {
                await context.Observer.OnEventAsync(context.Run.Return(index), cancellationToken);
                var deadline = context.DeadlineOf(_verified[index].Staged.Definition);
                _swapped.Add(await context.Swap.SwapAsync(_verified[index], deadline, together: true, cancellationToken));
            }
        }
        catch (Exception failure)
        {
            await PutBackAsync(failure, cancellationToken);
            throw;
        }

        // All are published: nothing may make it look otherwise any more.
        foreach (var table in _swapped.Where(table => table.LeavesRubbish))
        {
            await _return.DropPreviousAsync(table);
        }

        await context.ConfirmAsync(_swapped);
    }

    private async Task<VerifiedTable> BuildAsync(int index, CancellationToken cancellationToken)
    {
        var table = context.Pipeline.Tables[index];
        await context.Observer.OnEventAsync(context.Run.Begin(index), cancellationToken);
        var deadline = context.DeadlineOf(table);
        return await context.Retry.RunAsync(
            attempt =>
            {
                context.Run.Attempt(attempt);
                var stage = new StageOptions(context.Run.RunId)
                {
                    Values = context.Options.Values,
                    Catalog = context.Catalog,
                    Deadline = deadline,
                    Together = true,
                };
                return context.BuildAsync(table, stage, cancellationToken);
            },
            table.Name,
            table.Retry,
            deadline,
            cancellationToken);
    }

    /// <summary>Puts all back that is swapped, and throws what there is to tell beyond the failure itself.</summary>
    private async Task PutBackAsync(Exception failure, CancellationToken cancellationToken)
    {
        // An answer that never came to a swap, or one that says that somebody has published it: the table may be, or is.
        var isUncertain = _verified.Count == context.Pipeline.Tables.Count && _swapped.Count < _verified.Count
            && failure is not OperationCanceledException
            && failure is not EltException { Kind: not (EltErrorKind.Unknown or EltErrorKind.AlreadyPublished) };
        var unreturned = new List<UnreturnedTable>();
        for (var index = isUncertain ? _swapped.Count : _swapped.Count - 1; index >= 0; index--)
        {
            if (await _return.TakeBackAsync(_verified[index], isUncertain && index == _swapped.Count) is { } left)
            {
                unreturned.Add(left);
                context.Run.Unreturned(index, left.Reason);
            }
            else if (index < _swapped.Count)
            {
                context.Run.Returned(index);
            }
        }

        if (unreturned.Count > 0)
        {
            context.Run.StopTable(failure);
            throw TogetherFailure.Unreturned(failure, context.Pipeline, unreturned);
        }

        if (failure is OperationCanceledException || (isUncertain && cancellationToken.IsCancellationRequested))
        {
            await DiscardFirstBuildsAsync();
            throw failure as OperationCanceledException ?? new OperationCanceledException(failure.Message, failure, cancellationToken);
        }

        if (failure is EltException known)
        {
            var settled = isUncertain ? TogetherFailure.Settled(known, _verified[_swapped.Count].Staged) : known;
            throw settled.NothingPublished(context.Pipeline);
        }
    }

    // As after any cancel: a first build leaves no trace.
    private async Task DiscardFirstBuildsAsync()
    {
        foreach (var table in _verified)
        {
            await table.Staged.DiscardFirstBuildAsync(context.Observer);
        }
    }
}
