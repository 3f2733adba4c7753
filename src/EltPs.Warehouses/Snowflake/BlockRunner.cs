using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
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
    public async Task<BlockAnswer> PublishAsync(string block, TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(block, target, generation, scope, cancellationToken).ConfigureAwait(false);
        if (answer.IsDone || !answer.WasRepeated)
        {
            return answer;
        }

        if (answer.Published?.Marker?.Generation == generation)
        {
            return answer with { IsDone = true };
        }

        if (answer.Staged is not null)
        {
            return answer;
        }

        // It was sent twice, and the first of both still has the staging table under the name of its own. It is taken away from it, and the block runs again.
        var twice = new TimeoutException($"{target}: Snowflake was sent a block twice, and the first of both did not end in time.");
        if (await outcome.SettleAsync(target, generation, twice, scope).ConfigureAwait(false))
        {
            return answer with { IsDone = true };
        }

        answer = await TryAsync(block, target, generation, scope, cancellationToken).ConfigureAwait(false);
        return answer with { IsDone = answer.IsDone || answer.Published?.Marker?.Generation == generation };
    }

    /// <summary>Runs a block that publishes nothing, and so may run twice.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public async Task<BlockAnswer> RunAsync(string block, TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = BlockAnswer.Read(target, await execute(SnowflakeRequest.Change(block), scope, cancellationToken).ConfigureAwait(false));
        if (answer.Remark is { } remark)
        {
            var warning = $"{target}: it is done, but {GuardedBlock.Claimed(target, generation)} was left behind: {remark} After a swap that is what was published before: "
                + $"rename it to {target.Staging} if you may want to go back to it, or drop it.";
            await scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<BlockAnswer> TryAsync(string block, TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await RunAsync(block, target, generation, scope, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (BlockOutcome.IsOpen(failure))
        {
            if (await outcome.SettleAsync(target, generation, failure, scope).ConfigureAwait(false))
            {
                return new BlockAnswer(IsDone: true, WasRepeated: false);
            }

            throw;
        }
    }
}
