namespace EltPs.Engine.Journal;

/// <summary>The journal of one run while it is written: a file that only grows.</summary>
/// <remarks>
/// Each line is one write that is with the operating system when the call returns, so a process that is killed loses none. The disk is
/// waited for at the beginning and at the end only: after a power cut the warehouse's own markers tell what was published.
/// </remarks>
internal sealed class JournalFile : IDisposable
{
    /// <summary>The folder of journals within the state folder.</summary>
    public const string FolderName = "runs";

    /// <summary>The ending of a journal's name.</summary>
    public const string Extension = ".jsonl";

    private readonly FileStream _stream;

    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made here.</exception>
    public JournalFile(StateFolder state, string runId)
    {
        FilePath = Path.Combine(state.Ensure(FolderName), runId + Extension);
        _stream = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Its absolute path.</summary>
    public string FilePath { get; }

    /// <summary>Writes a line.</summary>
    /// <exception cref="IOException">It could not be written; a part of it may have been.</exception>
    public void Write(JournalLine line, bool toDisk = false)
    {
        _stream.Write(JournalText.Write(line));
        if (toDisk)
        {
            _stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Ends a line that was cut, so that the next one is whole.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void EndCutLine() => _stream.WriteByte((byte)'\n');

    public void Dispose() => _stream.Dispose();
}
