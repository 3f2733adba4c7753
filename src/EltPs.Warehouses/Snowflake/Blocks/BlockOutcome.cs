using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Finds out what became of a <see cref="GuardedBlock"/> that was stopped, or whose answer never came.</summary>
/// <remarks>
/// A block is several statements, each a transaction of its own: one that is cancelled behind its swap has swapped, and Snowflake's answer
/// is the same as if it had not. The published marker tells.
/// </remarks>
/// <param name="catalog">Reads it.</param>
/// <param name="execute">Runs a statement.</param>
internal sealed class BlockOutcome(
    CatalogReader catalog,
    Func<SnowflakeRequest, WorkScope, CancellationToken, Task<SnowflakeResult>> execute)
{
    // SQLSTATE query_canceled: stopped by whomever, or by a time limit.
    private const string Stopped = "57014";

    // Whoever has pressed Ctrl+C waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the block may have taken effect although it failed.</summary>
    public static bool IsOpen(Exception failure) =>
        failure
            is OperationCanceledException
                or EltException { Kind: EltErrorKind.Unknown or EltErrorKind.Timeout }
                or EltException { SqlState: Stopped };

    /// <summary>
    /// Finds out whether the block took effect, and gives the staging table its name again if the block had claimed it and did not come to
    /// that.
    /// </summary>
    /// <param name="target">The published table's name.</param>
    /// <param name="generation">What the block publishes.</param>
    /// <param name="failure">How the block ended.</param>
    /// <param name="scope">On whose behalf; its deadline holds for this, too.</param>
    /// <returns>Whether it took effect.</returns>
    /// <exception cref="EltException"><see cref="EltErrorKind.Unknown"/>: Snowflake did not tell.</exception>
    public async Task<bool> SettleAsync(TableName target, string generation, Exception failure, WorkScope scope)
    {
        try
        {
            // Not with the caller's token, which may be what stopped the block.
            var look = scope with { Deadline = scope.Deadline.AtMost(Patience) };
            var claimed = GuardedBlock.Claimed(target, generation);
            var found = await catalog.FindAsync([target, claimed], look, CancellationToken.None);
            if (found.Find(claimed) is not null)
            {
                await GiveBackAsync(target, generation, look);
            }

            return found.Find(target)?.Marker?.Generation == generation;
        }
        catch (EltException unread) when (failure is not EltException { Kind: EltErrorKind.Unknown })
        {
            var known = failure as EltException ?? new EltException(EltErrorKind.Unknown, failure.Message, failure);
            var history = scope.RunId is { } run ? $", and Snowflake's query history: {QueryHistory.ForPeople(run)}" : ".";
            throw known.With(
                kind: EltErrorKind.Unknown,
                consequence: $"Whether it had taken effect by then could not be read: {FailureText.Reason(unread)}",
                advice: Advice.Say($"See the comment of {target}, which names its generation{history}"),
                isTransient: false);
        }
        catch (EltException)
        {
            // The failure says already that it is not known, and where to look.
            return false;
        }
    }

    // A block that still runs finds its table gone then, and fails before it takes effect: nobody waits for it any more.
    private async Task GiveBackAsync(TableName target, string generation, WorkScope look)
    {
        try
        {
            await execute(SnowflakeRequest.Change(GuardedBlock.GiveBack(target, generation)), look, CancellationToken.None);
        }
        catch (EltException failure)
        {
            var warning =
                $"{target}: {GuardedBlock.Claimed(target, generation)} was left behind and could not be renamed to {target.Staging}: "
                    + $"{FailureText.Reason(failure)} Drop it if it is not needed.";
            await look.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);
        }
    }
}
