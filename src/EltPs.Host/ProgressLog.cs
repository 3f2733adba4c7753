using System.Management.Automation;

namespace EltPs.Host;

/// <summary>
/// Progress as plain lines, for a log: one every few seconds at most, and only if it says something new. A run that is
/// shorter than that leaves none.
/// </summary>
internal sealed class ProgressLog(TextWriter log, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private long _lastTime = time.GetTimestamp();
    private string? _lastLine;

    public void Show(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed || time.GetElapsedTime(_lastTime) < Pause)
        {
            return;
        }

        var line = ProgressText.Of(record);
        if (line == _lastLine)
        {
            return;
        }

        log.WriteLine(line);
        _lastLine = line;
        _lastTime = time.GetTimestamp();
    }

    public void Clear()
    {
    }
}
