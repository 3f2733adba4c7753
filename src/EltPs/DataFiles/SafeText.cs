using System.Globalization;

namespace EltPs.DataFiles;

/// <summary>
/// A file's text for PowerShell's parser: what was refused is replaced, with the same length and the same lines, so that every other place
/// in the file keeps its line and column.
/// </summary>
internal sealed class SafeText(string text)
{
    private char[]? _letters;
    private int _stands;

    /// <summary>The text.</summary>
    public override string ToString() => _letters is null ? text : new string(_letters);

    /// <summary>Takes a part out.</summary>
    public void Blank(int start, int end) => Fill(start, end, ' ');

    /// <summary>Puts a text in single quotes where a value or a key was, or a number where there is no room for it.</summary>
    public void Stand(int start, int end)
    {
        Fill(start, end, ' ');
        var letters = _letters!;
        var last = end - 1;
        while (last > start && letters[last] is '\n' or '\r')
        {
            last--;
        }

        if (last == start)
        {
            letters[start] = '0';
            return;
        }

        letters[start] = letters[last] = '\'';

        // A name of its own, so that two of them are not the same table or key.
        var name = string.Create(CultureInfo.InvariantCulture, $"x{_stands++}");
        for (var place = start + 1; place < last; place++)
        {
            if (letters[place] == ' ')
            {
                letters[place] = place - start - 1 < name.Length ? name[place - start - 1] : 'x';
            }
        }
    }

    private void Fill(int start, int end, char filling)
    {
        _letters ??= text.ToCharArray();
        for (var place = start; place < end; place++)
        {
            _letters[place] = _letters[place] is '\n' or '\r' ? _letters[place] : filling;
        }
    }
}
