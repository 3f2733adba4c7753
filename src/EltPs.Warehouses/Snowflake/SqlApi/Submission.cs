using EltPs.Engine.Errors;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>A request as it is submitted, as often as it takes, and what Snowflake may have made of it.</summary>
/// <remarks>Snowflake: "Submitting a request to execute SQL statements", resubmitting a request.</remarks>
/// <param name="session">Sends.</param>
/// <param name="id">The request's id.</param>
/// <param name="body">Its body, the same each time.</param>
/// <param name="networkBudget">How long Snowflake may give no usable answer.</param>
/// <param name="mayHaveRun">Whether another process sent it before.</param>
internal sealed class Submission(SqlApiSession session, Guid id, byte[] body, TimeSpan networkBudget, bool mayHaveRun) : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>The request that was sent last, which may have no answer yet; null before the first.</summary>
    public Task<Attempt>? Posting { get; private set; }

    /// <summary>Whether the statement may have run, as far as anybody can know.</summary>
    public bool MayHaveRun { get; private set; } = mayHaveRun;

    /// <summary>Whether it was sent again when it may have run already.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Submits until there is an answer that can be used, or the network budget is used up.</summary>
    /// <param name="stop">Ends the wait, but not a request that is under way: its answer may be the only definite one.</param>
    public Task<Attempt> SendAsync(CancellationToken stop) => session.Resender.SendAsync(SendOnceAsync, networkBudget, stop);

    /// <summary>Lets go of a request that is still under way.</summary>
    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
    }

    private async Task<Attempt> SendOnceAsync(CancellationToken stop)
    {
        var before = MayHaveRun;
        IsRepeated |= before;
        MayHaveRun = true;
        Posting = session.Transport.SendAsync(HttpMethod.Post, SqlApiPath.Submit(id, isRetry: before), body, _over.Token);
        try
        {
            var attempt = await Posting.WaitAsync(stop);
            MayHaveRun = before || !attempt.IsWithoutEffect;
            return attempt;
        }
        catch (EltException)
        {
            // There was no token to sign in with, or nobody who could be trusted with it, so this time nothing was run.
            MayHaveRun = before;
            throw;
        }
    }
}
