using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>
/// The right to change what is remembered of a pipeline's alerts: an open file, which the operating system closes when its process dies.
/// </summary>
/// <remarks>
/// A run has the pipeline's lock, but who only looks whether one is late has not, and must not keep a run from beginning.
/// </remarks>
internal static class AlertLock
{
    private const string Extension = ".lock";
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    // It is held while two small files are written, not while Slack answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes it.</summary>
    /// <returns>What holds it until it is disposed; null if it cannot be had: an alert once too often is better than none.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<FileStream?> AcquireAsync(StateFolder state, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var path = Path.Combine(state.Ensure(AlertHistory.FolderName), state.PipelineFile + Extension);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                if (!File.Exists(state.PathOf(AlertHistory.FolderName, state.PipelineFile + Extension))
                    || time.GetElapsedTime(started) >= Patience)
                {
                    return null;
                }
            }

            await Task.Delay(Wait, time, cancellationToken);
        }
    }
}
