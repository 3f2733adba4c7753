using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Runs <see cref="GuardedBlock"/>s, each so that it takes effect once or not at all, and says which of both.</summary>
/// <param name="outcome">Finds out what became of one that did not tell.</param>
/// <param name="execute">Runs a statement.</param>
internal sealed class BlockRunner(BlockOutcome outcome, Func<SnowflakeRequest, WorkScope, CancellationToken, Task<SnowflakeResult>> execute)
{
    /// <summary>Runs a block that publishes a generation.</summary>
    /// <param name="block">Its text.</param>
    /// <param name="target">The published table's name.</param>
    /// <param name="generation">The generation that it claims the staging table by, and publishes.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Stops it in Snowflake, too.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.Unknown"/>: Snowflake did not tell; or what it refused.</exception>
    public async Task<BlockAnswer> PublishAsync(
        string block,
        TableName target,
        string generation,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var answer = await TryAsync(block, target, generation, isLast: false, scope, cancellationToken);
        if (answer is not null && IsInTheWay(answer, generation))
        {
            var twice = new TimeoutException($"{target}: Snowflake was sent a block twice, and the first of both did not end in time.");
            answer = await outcome.SettleAsync(target, generation, twice, scope) ? answer with { IsDone = true } : null;
        }

        // Whatever the first had taken is taken away from it by now, so the block can run again.
        answer ??= (await TryAsync(block, target, generation, isLast: true, scope, cancellationToken))! with { WasRepeated = true };
        return answer with { IsDone = answer.IsDone || (answer.WasRepeated && answer.Published?.Marker?.Generation == generation) };
    }

    /// <summary>Runs a block that publishes nothing, and so may run twice.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public async Task<BlockAnswer> RunAsync(
        string block,
        TableName target,
        string generation,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await RunAsync(SnowflakeRequest.Change(block), target, generation, scope, cancellationToken);
    }

    private async Task<BlockAnswer> RunAsync(
        SnowflakeRequest block, TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        var answer = BlockAnswer.Read(target, await execute(block, scope, cancellationToken));
        if (answer.Remark is { } remark)
        {
            var warning =
                $"{target}: it is done, but {GuardedBlock.Claimed(target, generation)} was left behind: {remark} After a swap that is what "
                    + "was published before: "
                + $"rename it to {target.Staging} if you may want to go back to it, or drop it.";
            await scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);
        }

        return answer;
    }

    // It was sent twice, and the first of both still has the staging table under the name of its own.
    private static bool IsInTheWay(BlockAnswer answer, string generation) =>
        answer is { IsDone: false, WasRepeated: true, Staged: null } && answer.Published?.Marker?.Generation != generation;

    // Sent twice by whomever, the second of both finds a name gone that was there when it looked.
    private static bool IsOvertaken(Exception failure) => failure is EltException refused && OtherRun.MayHaveCaused(refused);

    // Null if it was overtaken, did not take effect, and can run again.
    private async Task<BlockAnswer?> TryAsync(
        string block, TableName target, string generation, bool isLast, WorkScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var request = SnowflakeRequest.Change(block) with { IsOfTable = true };
            return await RunAsync(request, target, generation, scope, cancellationToken);
        }
        catch (Exception failure) when (BlockOutcome.IsOpen(failure) || IsOvertaken(failure))
        {
            if (await outcome.SettleAsync(target, generation, failure, scope))
            {
                return new BlockAnswer(IsDone: true, WasRepeated: false);
            }

            if (IsOvertaken(failure) && !isLast)
            {
                return null;
            }

            throw;
        }
    }
}
