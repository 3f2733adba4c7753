using EltPs.Engine.Files;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>The right to change what is remembered of a pipeline's alerts.</summary>
/// <remarks>
/// A run has the pipeline's lock, but a schedule test has not, and must not keep a run from beginning.
/// </remarks>
internal static class AlertLock
{
    private const string Extension = ".lock";

    // It is held while two small files are written, not while a message is sent.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes it.</summary>
    /// <returns>What holds it until it is disposed; null if it cannot be had: an alert once too often is better than none.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<FileLock?> AcquireAsync(StateFolder state, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.Combine(state.Ensure(AlertHistory.FolderName), state.PipelineFile + Extension);
            return await FileLock.TakeAsync(path, Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
