using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Takes a publish back, and does not believe that it did before it has an answer or has seen it.</summary>
/// <param name="catalog">Reads what stands at the names.</param>
/// <param name="outcome">Finds out what became of a block that did not tell.</param>
/// <param name="blocks">Runs blocks.</param>
internal sealed class TakeBack(CatalogReader catalog, BlockOutcome outcome, BlockRunner blocks)
{
    // What can come in between is another run, or the block of the publish itself; neither comes forever.
    private const int MostAttempts = 3;

    /// <inheritdoc cref="IReversibleWarehouse.TakeBackAsync"/>
    public async Task RunAsync(PublishRequest request, bool isUncertain, WorkScope scope, CancellationToken cancellationToken)
    {
        Exception? failure = isUncertain ? NoAnswer(request) : null;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (failure is not null && await IsBackAsync(request, isUncertain, failure, scope, cancellationToken))
            {
                return;
            }

            try
            {
                var answer = await blocks.RunAsync(
                    SnowflakeDialect.TakeBack(request),
                    request.Target,
                    request.Generation,
                    scope,
                    cancellationToken);
                if (answer.IsDone && !isUncertain)
                {
                    return;
                }

                failure = NoAnswer(request);
            }
            catch (Exception refused) when (refused is EltException { Kind: EltErrorKind.StatementFailed } || BlockOutcome.IsOpen(refused))
            {
                failure = refused;
            }
        }

        throw failure as EltException ?? new EltException(EltErrorKind.Unknown, failure!.Message, failure);
    }

    /// <summary>Looks whether nothing is to be taken back (any more), and throws if it cannot be.</summary>
    private async Task<bool> IsBackAsync(
        PublishRequest request,
        bool isUncertain,
        Exception failure,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        // A block that was cut off, of this or of the publish, gives the table back that it had taken.
        await outcome.SettleAsync(request.Target, request.Generation, failure, scope);
        var (staging, target) = await catalog.ReadPairAsync(request.Target, scope, cancellationToken);
        if (!GenerationRule.IsTakenBack(request, staging, target))
        {
            return false;
        }

        if (!isUncertain)
        {
            return true;
        }

        // The publish may still be under way: without the staging table that it wants it can do nothing. It may have been faster.
        await blocks.RunAsync(
            SnowflakeDialect.DropGeneration(request.Target, request.Generation),
            request.Target,
            request.Generation,
            scope,
            cancellationToken);

        // Or it took the table for itself right before: then it is there under the name that only it uses, and can still be swapped.
        var claimed = GuardedBlock.Claimed(request.Target, request.Generation);
        var left = await catalog.FindAsync([request.Target, request.Target.Staging, claimed], scope, cancellationToken);
        return GenerationRule.IsTakenBack(request, left.Find(request.Target.Staging), left.Find(request.Target))
            && left.Find(claimed) is null
            && left.Find(request.Target.Staging)?.Marker?.Generation != request.Generation;
    }

    private static TimeoutException NoAnswer(PublishRequest request) =>
        new($"{request.Target}: whether generation {request.Generation} was taken back could not be seen.");
}
