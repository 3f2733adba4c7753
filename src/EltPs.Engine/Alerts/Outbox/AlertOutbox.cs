using System.Globalization;
using System.Security.Cryptography;
using EltPs.Engine.Files;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>
/// Keeps messages until their targets have taken them. One outbox serves all pipelines of a state folder, and all processes that run them.
/// </summary>
/// <remarks>
/// A message is a file of its own, <c>outbox/&lt;time&gt;-&lt;random&gt;.json</c>, and its name says how far it is, because only a rename
/// is atomic. Nothing is created before the first message.
/// </remarks>
internal sealed class AlertOutbox(StateFolder state, TimeProvider time)
{
    /// <summary>The most messages that wait; the oldest are dropped.</summary>
    public const int MostMessages = 100;

    private const string FolderName = "outbox";

    /// <summary>How long a message waits: 7 days. One that arrives later is of no use.</summary>
    public static TimeSpan LongestAge { get; } = TimeSpan.FromDays(7);

    /// <summary>Its folder.</summary>
    public string Folder => state.PathOf(FolderName);

    /// <summary>The files of the messages that wait, the oldest first.</summary>
    public IReadOnlyList<string> Files() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, $"*{OutboxClaim.Waiting}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Keeps a message.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="IOException">It cannot be kept: the disk is full, or a file has the folder's name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be kept here.</exception>
    internal string Put(WaitingAlert alert)
    {
        var path = Path.Combine(
            state.Ensure(FolderName),
            $"{Moment(alert.WrittenAt)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}{OutboxClaim.Waiting}");
        WholeFile.Write(path, alert.ToJson());
        return path;
    }

    /// <summary>Drops what is too old or too much.</summary>
    /// <param name="kept">The messages that stay whatever their names say: those of now, by a clock that may have been set back.</param>
    /// <returns>What was dropped, in words; null if nothing was.</returns>
    internal string? Prune(IReadOnlyCollection<string> kept)
    {
        var files = Files().Except(kept, StringComparer.Ordinal).ToList();
        var oldest = time.GetUtcNow() - LongestAge;
        var tooMany = Math.Max(0, files.Count + kept.Count - MostMessages);
        var dropped = files.Where((file, index) => index < tooMany || IsOlder(file, oldest)).Count(TryDrop);
        foreach (
            var unfinished in Directory.Exists(Folder)
                ? Directory.GetFiles(Folder, $"*{WholeFile.Unfinished}").Where(file => IsOlder(file, oldest))
                : [])
        {
            TryDelete(unfinished);
        }

        return dropped == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
                $"{dropped} waiting {(dropped == 1 ? "alert was" : "alerts were")} dropped from {Folder}: no more than {MostMessages} are "
                    + $"kept, and none longer than {LongestAge.TotalDays:0} days.");
    }

    // The name, not the file's own time, which a copy or a restored backup changes.
    private static bool IsOlder(string file, DateTimeOffset oldest) => string.CompareOrdinal(Path.GetFileName(file), Moment(oldest)) < 0;

    // What the names of files begin with: in the order of time.
    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    // A remnant that cannot be removed stops no message.
    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static bool TryDrop(string file)
    {
        // Neither a message that another process is sending nor a file that is no message.
        using var claim = OutboxClaim.Take(file, out _);
        claim?.Note(AlertAnswerKind.Accepted);
        return claim is not null;
    }
}
