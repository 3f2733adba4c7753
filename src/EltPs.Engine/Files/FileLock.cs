namespace EltPs.Engine.Files;

/// <summary>
/// An open file that no other process can open meanwhile. The operating system closes it when its process dies, however it dies.
/// </summary>
/// <remarks>On a network share it is best effort.</remarks>
internal sealed class FileLock : IDisposable
{
    private const int MostSpins = 100;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // A reader that only looks whether the file is locked has it for a moment, and must not make a run fail.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(100);

    private FileLock(FileStream file) => Content = file;

    /// <summary>The locked file, to read and to write.</summary>
    public FileStream Content { get; }

    /// <summary>Locks a file, which is made if it is not there; null if another process has it locked.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileLock? TryTake(string path) =>
        Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) is { } file ? new FileLock(file) : null;

    /// <summary>Locks a file that may be renamed and deleted meanwhile; null if there is none, or another process has it locked.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileLock? TryTakeExisting(string path)
    {
        try
        {
            // Windows keeps others out of a file that is shared for deletion only; elsewhere only an unshared one is locked.
            var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileLock(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Locks a file as <see cref="TryTake"/> does, and waits for it; null if another process has it locked all the time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait; zero for no longer than it takes to be sure; <see cref="Timeout.InfiniteTimeSpan"/> for
    /// as long as it takes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static async Task<FileLock?> TakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var most = patience == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : patience < LeastPatience ? LeastPatience : patience;
        var started = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            var left = most - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(wait < left ? wait : left, time, cancellationToken);
        }
    }

    /// <summary>Locks a file as <see cref="TryTake"/> does, where others have it for no longer than it takes to read or write it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileLock TakeSoon(string path) =>
        new(OpenSoon(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Opens a file to read, as soon as no other process has it locked by <see cref="TakeSoon"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileStream ReadSoon(string path) =>
        OpenSoon(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Whether a process has the file locked now.</summary>
    /// <param name="path">The file.</param>
    public static bool IsTaken(string path)
    {
        try
        {
            using var look = Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return look is null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Releases the lock. The file stays: to delete it would give two processes a lock each.</summary>
    public void Dispose() => Content.Dispose();

    private static FileStream? Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, bufferSize: 0);
        }
        catch (IOException exception)
            when (exception is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            return null;
        }
    }

    private static FileStream OpenSoon(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var spin = default(SpinWait);
        for (var spins = 0; spins < MostSpins; spins++)
        {
            if (Open(path, mode, access, share) is { } file)
            {
                return file;
            }

            spin.SpinOnce(sleep1Threshold: 20);
        }

        return new FileStream(path, mode, access, share, bufferSize: 0);
    }
}
