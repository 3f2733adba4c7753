using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Takes swaps back that a run has made, because another table that is published together with them failed.</summary>
/// <remarks>
/// Nothing that stopped the run stops this; it has a patience of its own, and less of it once the warehouse has kept it waiting in vain.
/// </remarks>
internal sealed class TableReturn(IReversibleWarehouse warehouse, TimeProvider time, IRunObserver observer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PatienceOnceLost = TimeSpan.FromSeconds(10);
    private bool _isLost;

    /// <summary>Takes one swap back.</summary>
    /// <param name="verified">The table.</param>
    /// <param name="isUncertain">Whether nobody knows if it was swapped.</param>
    /// <returns>Why it could not be taken back, or nobody knows whether it was; null if it was.</returns>
    public async Task<UnreturnedTable?> TakeBackAsync(VerifiedTable verified, bool isUncertain)
    {
        var request = TableSwap.Request(verified, together: true);
        var scope = Scope(verified);
        try
        {
            await scope.EnforceAsync(token => warehouse.TakeBackAsync(request, isUncertain, scope, token), CancellationToken.None);
            return null;
        }
        catch (EltException failure)
        {
            // A statement that a person runs must not do worse: where something else stands at a name, there is none.
            var isRefused = failure.Kind == EltErrorKind.UndoRefused;
            _isLost |= !isRefused;
            return new UnreturnedTable(verified, FailureText.Reason(failure), isRefused ? null : warehouse.TakeBackByHand(request));
        }
    }

    /// <summary>Drops what a swap replaced. That everything is published does not change any more, so a failure is a warning.</summary>
    public async Task DropPreviousAsync(SwappedTable swapped)
    {
        var scope = Scope(swapped.Verified);
        try
        {
            await scope.EnforceAsync(token => warehouse.DropPreviousAsync(swapped.Request, scope, token), CancellationToken.None);
        }
        catch (EltException failure)
        {
            _isLost |= failure.Kind != EltErrorKind.StatementFailed;
            var warning =
                $"{swapped.Verified.Name}: it is published, but what it replaced could not be dropped and still stands at "
                    + $"{swapped.Verified.Staged.Staging}: {FailureText.Reason(failure)}";
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);
        }
    }

    private WorkScope Scope(VerifiedTable verified)
    {
        var patience = _isLost ? PatienceOnceLost : Patience;
        return StepScope.Of(
            verified.Staged.Definition,
            EltStep.Publish,
            verified.Staged.RunId,
            Deadline.In(patience, time),
            observer,
            time) with
        {
            Patience = patience,
        };
    }
}
