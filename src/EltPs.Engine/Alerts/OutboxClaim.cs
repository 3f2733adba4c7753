using EltPs.Engine.Files;

namespace EltPs.Engine.Alerts;

/// <summary>
/// A message of the outbox that this process, and no other, sends now. Disposed without a word about the outcome, it may have arrived.
/// </summary>
internal sealed class OutboxClaim : IDisposable
{
    /// <summary>The end of the name of a message that certainly has not arrived.</summary>
    public const string Waiting = ".json";

    /// <summary>The end of the name of one that was being sent: it may have arrived.</summary>
    public const string Sending = ".sending.json";

    private readonly FileLock _handle;
    private readonly string _root;
    private string _path;

    private OutboxClaim(string path, FileLock handle, WaitingAlert alert)
    {
        MayHaveArrived = path.EndsWith(Sending, StringComparison.Ordinal);
        _root = path[..^(MayHaveArrived ? Sending : Waiting).Length];
        _path = path;
        _handle = handle;
        Alert = alert;
    }

    /// <summary>The message.</summary>
    public WaitingAlert Alert { get; }

    /// <summary>Whether somebody began to send it and did not come to write down what became of it.</summary>
    public bool MayHaveArrived { get; }

    /// <summary>Takes a message for this process; null if another one has it, or has sent it.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="problem">What is wrong with the file; null if nothing is.</param>
    public static OutboxClaim? Take(string path, out string? problem)
    {
        problem = null;
        FileLock? handle;
        try
        {
            handle = FileLock.TryTakeExisting(path);
        }
        catch (UnauthorizedAccessException refused)
        {
            problem = refused.Message;
            return null;
        }

        if (handle is null)
        {
            return null;
        }

        // Between finding it and locking it, somebody else may have sent it: then it has no name any more.
        using var reader = new StreamReader(handle.Content, leaveOpen: true);
        var alert = File.Exists(path) ? WaitingAlert.FromJson(reader.ReadToEnd()) : null;
        if (alert is not null)
        {
            return new OutboxClaim(path, handle, alert);
        }

        problem = File.Exists(path) ? "it is no message of this version of EltPs, or is torn" : null;
        handle.Dispose();
        return null;
    }

    /// <summary>Writes down that it may arrive from now on.</summary>
    public void Begin() => Try(() => Rename(Sending));

    /// <summary>Writes down what became of it: what has arrived is removed, what may have arrived stays as that.</summary>
    public void Note(SlackAnswerKind kind)
    {
        switch (kind)
        {
            case SlackAnswerKind.Accepted:
                Try(() => File.Delete(_path));
                break;
            case SlackAnswerKind.Refused when !MayHaveArrived:
                Try(() => Rename(Waiting));
                break;
            default:
                break;
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _handle.Dispose();

    // A folder that can no longer be written is no reason to keep the message back. At worst it is sent again.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Rename(string end)
    {
        var path = _root + end;
        if (path != _path)
        {
            File.Move(_path, path);
            _path = path;
        }
    }
}
