using System.Management.Automation;

namespace EltPs.Host;

/// <summary>Progress on a terminal: a line for each of the two innermost activities, redrawn in place, gone at the end.</summary>
internal sealed class ProgressBars(TextWriter terminal, Func<int> width, TimeProvider time)
{
    private const int MostLines = 2;
    private const int BarCells = 20;
    private const int FewestCells = 5;
    private const string EraseToEndOfScreen = "\e[J";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A parent comes before its children, so the last ones are the innermost.
    private readonly List<(long Source, ProgressRecord Record)> _activities = [];
    private readonly Lock _drawing = new();
    private long? _lastTime;
    private int _drawnLines;

    /// <param name="sourceId">Which pipeline the record is from: activity ids are unique within it only.</param>
    /// <param name="record">The activity's present state.</param>
    public void Show(long sourceId, ProgressRecord record)
    {
        lock (_drawing)
        {
            var index = _activities.FindIndex(known => known.Source == sourceId && known.Record.ActivityId == record.ActivityId);
            if (record.RecordType == ProgressRecordType.Completed)
            {
                if (index >= 0)
                {
                    _activities.RemoveAt(index);
                }

                Erase();
                return;
            }

            if (index >= 0)
            {
                _activities[index] = (sourceId, record);
            }
            else
            {
                _activities.Add((sourceId, record));
            }

            if (_drawnLines > 0 && _lastTime is { } last && time.GetElapsedTime(last) < Pause)
            {
                return;
            }

            Draw();
            _lastTime = time.GetTimestamp();
        }
    }

    /// <summary>Makes place for other text; the next record may be drawn again.</summary>
    public void Clear()
    {
        lock (_drawing)
        {
            Erase();
        }
    }

    private static string Line(ProgressRecord record, int columns)
    {
        // The last column stays free: a terminal that wraps there would make two lines of one.
        var text = ProgressText.Of(record);
        var room = Math.Max(0, columns - 1);
        if (text.Length > room)
        {
            return text[..room];
        }

        // The words say more than the bar: it gets what they leave.
        var cells = Math.Min(BarCells, room - text.Length - "[] ".Length);
        return record.PercentComplete is >= 0 and var percent && cells >= FewestCells
            ? $"[{new string('#', Math.Min(percent, 100) * cells / 100).PadRight(cells)}] {text}"
            : text;
    }

    private void Draw()
    {
        Erase();
        var columns = width();
        var lines = _activities.TakeLast(MostLines).Select(activity => Line(activity.Record, columns)).ToArray();
        terminal.Write(string.Join('\n', lines));
        _drawnLines = lines.Length;
    }

    private void Erase()
    {
        if (_drawnLines == 0)
        {
            return;
        }

        var up = _drawnLines > 1 ? $"\e[{_drawnLines - 1}A" : "";
        terminal.Write($"\r{up}{EraseToEndOfScreen}");
        _drawnLines = 0;
    }
}
