using EltPs.Engine.Files;

namespace EltPs.Engine.Alerts;

/// <summary>
/// A message of the outbox that this process, and no other, sends now. If it is disposed before its outcome is noted, the message may have
/// arrived.
/// </summary>
internal sealed class OutboxClaim : IDisposable
{
    /// <summary>The end of the name of a message that certainly has not arrived.</summary>
    public const string Waiting = ".json";

    /// <summary>The end of the name of one that was being sent: it may have arrived.</summary>
    public const string Sending = ".sending.json";

    /// <summary>What is wrong with a file that is not a message.</summary>
    public const string NoMessage = "it is no message of this version of EltPs, or is damaged";

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

    /// <summary>Whether an earlier attempt to send it ended without a noted outcome.</summary>
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

        // Between finding it and locking it, another process may have sent it: then the file is gone.
        using var reader = new StreamReader(handle.Content, leaveOpen: true);
        var alert = File.Exists(path) ? WaitingAlert.FromJson(reader.ReadToEnd()) : null;
        if (alert is not null)
        {
            return new OutboxClaim(path, handle, alert);
        }

        problem = File.Exists(path) ? NoMessage : null;
        handle.Dispose();
        return null;
    }

    /// <summary>Notes that it may arrive from now on.</summary>
    public void Begin() => Try(() => Rename(Sending));

    /// <summary>Notes the outcome: what has arrived is removed, what may have arrived stays as that.</summary>
    public void Note(AlertAnswerKind kind)
    {
        switch (kind)
        {
            case AlertAnswerKind.Accepted:
                Try(() => File.Delete(_path));
                break;
            case AlertAnswerKind.Refused when !MayHaveArrived:
                Try(() => Rename(Waiting));
                break;
            default:
                break;
        }
    }

    /// <summary>Releases it for other processes.</summary>
    public void Dispose() => _handle.Dispose();

    // A folder that can no longer be written is no reason not to send the message. At worst it is sent again.
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
