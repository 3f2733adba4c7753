using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Files;

namespace EltPs.Engine.Journal;

/// <summary>The right to run a pipeline: a locked file, which the death of its process releases.</summary>
/// <remarks>
/// The holder is named in a file of its own, because no other process can read the one that is locked. On a network share the lock is
/// best effort; across machines the compare of generations is the guarantee.
/// </remarks>
internal sealed class PipelineLock : IDisposable
{
    private const string LockExtension = ".lock";
    private const string HolderExtension = ".holder";

    private readonly FileLock _handle;
    private readonly StateFolder _state;
    private LockHolder _holder;

    private PipelineLock(FileLock handle, StateFolder state, LockHolder holder)
    {
        _handle = handle;
        _state = state;
        _holder = holder;
    }

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="state">The pipeline's state folder.</param>
    /// <param name="timeout">How long to wait; zero for no longer than it takes to be sure; <see cref="Timeout.InfiniteTimeSpan"/> for as
    /// long as it takes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.RunHeld"/>: another run holds it.</exception>
    /// <exception cref="IOException">The state folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The state folder may not be written.</exception>
    public static async Task<PipelineLock> AcquireAsync(
        StateFolder state,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(time);
        var path = Path.Combine(state.Ensure(), state.PipelineFile + LockExtension);
        var handle = await FileLock.TakeAsync(path, timeout, time, cancellationToken) ?? throw Held(state, timeout);
        var held = new PipelineLock(
            handle, state, new LockHolder(null, Environment.ProcessId, Environment.MachineName, time.GetUtcNow()));
        held.Tell();
        return held;
    }

    /// <summary>Says which run holds it.</summary>
    public void Name(string runId)
    {
        _holder = _holder with { RunId = runId };
        Tell();
    }

    /// <summary>Lets go. The files stay: to delete one would give two runs a lock each.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Who holds a pipeline's lock now; null if nobody does.</summary>
    internal static LockHolder? Holder(StateFolder state) => IsHeld(state, out var holder) ? holder : null;

    /// <summary>Whether somebody holds a pipeline's lock now.</summary>
    /// <param name="state">The pipeline's state folder.</param>
    /// <param name="holder">Who does; null if nobody does, or it cannot be read.</param>
    internal static bool IsHeld(StateFolder state, out LockHolder? holder)
    {
        var isTaken = FileLock.IsTaken(state.PathOf(state.PipelineFile + LockExtension));
        holder = isTaken ? ReadHolder(state) : null;
        return isTaken;
    }

    // Whole or not at all: a second run reads it at any moment. That nobody can be told who holds it is no reason not to run.
    private void Tell()
    {
        var path = _state.PathOf(_state.PipelineFile + HolderExtension);
        try
        {
            File.WriteAllBytes(path + ".new", JournalText.Write(_holder));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static LockHolder? ReadHolder(StateFolder state)
    {
        try
        {
            return JournalText.ReadHolder(File.ReadAllBytes(state.PathOf(state.PipelineFile + HolderExtension)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static EltException Held(StateFolder state, TimeSpan timeout)
    {
        var holder = ReadHolder(state);
        var who = holder is null
            ? "another process"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"process {holder.ProcessId} on {holder.Host} since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} "
                    + $"UTC{(holder.RunId is null ? string.Empty : $", run {holder.RunId}")}");
        var waited =
            timeout > TimeSpan.Zero
                ? string.Create(CultureInfo.InvariantCulture, $" (waited {timeout.TotalSeconds:0.###} s)")
                : string.Empty;
        return new EltException(
            EltErrorKind.RunHeld,
            $"locked by another run of this pipeline{waited}: {who}.")
        {
            Subject = state.PipelineFile,
            Consequences = ["Nothing was run."],
            Advice = [Advice.WaitForRun],
            IsTransient = true,
        };
    }
}
