using System.Text;

namespace EltPs.Tests.Progress;

/// <summary>What stands on a terminal after what was written to it: of the escape sequences those that progress bars use.</summary>
internal sealed class Screen : TextWriter
{
    private readonly List<StringBuilder> _lines = [new()];
    private readonly StringBuilder _sequence = new();
    private int _row;
    private int _column;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The lines, without blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.ToString().TrimEnd())];

    public override void Write(char value)
    {
        if (_sequence.Length > 0 || value == '\e')
        {
            _sequence.Append(value);
            if (char.IsAsciiLetter(value))
            {
                Obey(_sequence.ToString());
                _sequence.Clear();
            }

            return;
        }

        switch (value)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                (_row, _column) = (_row + 1, 0);
                if (_row == _lines.Count)
                {
                    _lines.Add(new StringBuilder());
                }

                break;
            default:
                var line = _lines[_row];
                line.Append(' ', Math.Max(0, _column + 1 - line.Length));
                line[_column++] = value;
                break;
        }
    }

    private void Obey(string sequence)
    {
        switch (sequence[^1])
        {
            case 'A':
                _row -= int.Parse(sequence[2..^1], System.Globalization.CultureInfo.InvariantCulture);
                break;
            case 'J':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            default:
                throw new NotSupportedException($"This screen does not know the sequence {sequence[1..]}.");
        }
    }
}
