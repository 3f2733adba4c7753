using System.Text.RegularExpressions;
using EltPs.Engine.Files;

namespace EltPs.DataFiles;

/// <summary>Lets only plain data through to PowerShell's parser: tables, lists, quoted text, numbers, $true, $false, $null.</summary>
/// <remarks>
/// The parser does more than parse: it looks into the modules that <c>using module</c> names, and <c>configuration</c> makes it load DSC's
/// keywords from the machine (measured with 7.6). Its time grows with the square of the number of its errors (8,000 unclosed tables: 9 s),
/// and it accepts a nesting that a walk through its tree might not survive. None of that gets to it. This lexer follows PowerShell's:
/// typographic quotes are quotes, and the same places end a text. What is refused is not parsed: in the parser's text something harmless
/// stands there, so that the rest of the file is read and all its mistakes are told at once. Source: PowerShell language specification,
/// "Lexical Structure".
/// </remarks>
internal sealed partial class DataTextGuard(string text, ComplaintList complaints)
{
    /// <summary>The deepest nesting; a valid pipeline file needs five.</summary>
    public const int MaximumDepth = 32;

    // A table of 10,000 tables has about 60,000 values; the parser takes about 2 microseconds for each.
    private const int MaximumValues = 1_000_000;
    private const int MaximumComplaints = 50;
    private readonly DataTextCursor _cursor = new(text);
    private readonly SafeText _safe = new(text);
    private readonly Stack<DataFrame> _frames = new();
    private bool _isRootClosed;
    private bool _isStopped;
    private int _values;

    // Whether there was a complaint about the last value: the rest of its expression needs no second one.
    private bool IsRefused { get; set; }

    private CodeWalk Walk => new(_cursor);

    /// <summary>Complains about everything that is no data.</summary>
    /// <returns>The text for the parser; null if the file cannot be read any further.</returns>
    public string? Check()
    {
        while (!_isStopped && !_cursor.IsAtEnd && complaints.Count < MaximumComplaints)
        {
            ReadOne();
        }

        if (_isStopped || complaints.Count >= MaximumComplaints)
        {
            return null;
        }

        if (_frames.TryPeek(out var open))
        {
            complaints.Add(open.Line, open.Column, $"This {open.Opener} is not closed; end it with {open.Closer}.");
        }
        else if (!_isRootClosed)
        {
            complaints.Add(1, 1, "The file holds no data; write one table @{ Tables = @( … ) }.");
        }
        else
        {
            return _safe.ToString();
        }

        return null;
    }

    private void ReadOne()
    {
        var first = _cursor.Current;
        if (first is '\n' or '\r')
        {
            _cursor.Advance(1);
            EndLine();
        }
        else if (PowerShellText.IsBlank(first))
        {
            _cursor.Advance(1);
        }
        else if (first == '#')
        {
            SkipLineComment();
        }
        else if (first == '<' && _cursor.Peek(1) == '#')
        {
            SkipBlockComment();
        }
        else if (_frames.Count == 0 && (_isRootClosed || first != '@' || _cursor.Peek(1) != '{'))
        {
            Stop(
                _isRootClosed
                    ? "There is something behind the file's table; remove it."
                    : "The file must begin with its table; write @{ … } and nothing in front of it.");
        }
        else
        {
            ReadToken(first);
        }
    }

    private void ReadToken(char first)
    {
        var frame = _frames.TryPeek(out var open) ? open : null;
        if (first is '}' or ')')
        {
            Close(first, frame!);
        }
        else if (first == '@' && _cursor.Peek(1) is '{' or '(' || first == '(')
        {
            Open(first == '@' && _cursor.Peek(1) == '{' ? "@{" : first == '(' ? "(" : "@(");
        }
        else if (IsQuote(first) || (first == '@' && IsQuote(_cursor.Peek(1))))
        {
            Value(canBeKey: true);
            ReadText(first);
        }
        else if (first == '=')
        {
            Assign();
        }
        else if (first is ',' or ';')
        {
            Separate(first, frame!);
        }
        else
        {
            ReadWord(first);
        }
    }

    private static bool IsQuote(char value) => PowerShellText.IsSingleQuote(value) || PowerShellText.IsDoubleQuote(value);

    private void ReadText(char first)
    {
        var isHere = first == '@';
        var place = _cursor.Position;
        var start = _cursor.Index;
        if (!PowerShellText.IsDoubleQuote(isHere ? _cursor.Peek(1) : first))
        {
            StopIf(isHere ? _cursor.SkipHereText() : _cursor.SkipText(), place);
            return;
        }

        var expandable = new ExpandableText(_cursor, Walk);
        StopIf(expandable.Skip(), place);
        if (_isStopped)
        {
            return;
        }

        if (expandable.CodePlace is { } code)
        {
            var quotes = isHere ? "@'…'@" : "single quotes";
            Refuse(
                code,
                place,
                $"{ComplaintList.Show(expandable.Code)} in a double-quoted text is code, and nothing in this file is run; use {quotes}, or "
                    + "write `$ for a dollar sign.");
            _safe.Stand(start, _cursor.Index);
            IsRefused = true;
        }
        else if (expandable.BadEscapePlace is { } escape)
        {
            Refuse(escape, place, "`u in a double-quoted text needs one to six hexadecimal digits in braces, such as `u{20AC}.");
            _safe.Stand(start, _cursor.Index);
            IsRefused = true;
        }
    }

    private void ReadWord(char first)
    {
        var word = _cursor.PeekWord();
        if (_frames.Peek() is { IsTable: true, Place: EntryPlace.Key } && KeyWord().IsMatch(word))
        {
            Value(canBeKey: true);
            _cursor.Advance(word.Length);
        }
        else if (first == '$')
        {
            ReadDollar();
        }
        else if (Number().IsMatch(word))
        {
            Value(canBeKey: true);
            _cursor.Advance(word.Length);
        }
        else if (first != '[' || !TrySkipCast())
        {
            RefuseCode(Problem(first, word));
        }
    }

    private void ReadDollar()
    {
        var word = _cursor.PeekWord(skip: 1);
        if (Constant().IsMatch(word))
        {
            Value(canBeKey: false);
            _cursor.Advance(1 + word.Length);
            return;
        }

        var what = _cursor.Peek(1) switch
        {
            '(' => "A sub-expression $(…)",
            '{' => $"The variable {ComplaintList.Show(_cursor.TextUpTo('}'))}",
            _ => $"The variable {ComplaintList.Show("$" + word)}",
        };
        RefuseCode($"{what} is code, and nothing in this file is run; write the value itself.");
    }

    private static string Problem(char first, string word) => first switch
    {
        '[' => "A type in [ ] is code, and nothing in this file is run; drop the cast.",
        '{' => "A script block { } is code, and nothing in this file is run; write @{ … } for a table.",
        '`' => "A line may not be continued with a backtick; remove it.",
        _ when word.Length > 0 =>
            $"{ComplaintList.Show(word)} is no value, and nothing in this file is run; put text in single quotes.",
        _ => $"{ComplaintList.Show(first.ToString())} is no data, and nothing in this file is run; put text in single quotes.",
    };

    /// <summary>A cast of a table or a list is refused by itself, so that what is in it is read.</summary>
    private bool TrySkipCast()
    {
        var isOrdered = PowerShellText.IsOrderedCast(text, _cursor.Index);
        var length = PowerShellText.CastLength(text, _cursor.Index);
        if (length == 0 || _frames.Peek().Place is not (EntryPlace.Item or EntryPlace.Value))
        {
            return false;
        }

        var (place, start) = (_cursor.Position, _cursor.Index);
        _cursor.Advance(length);
        Refuse(place, place, isOrdered ? "[ordered] is a cast; drop it, a plain @{ … } will do." : Problem('[', string.Empty));
        _safe.Blank(start, _cursor.Index);
        return true;
    }

    /// <summary>Complains about code, and goes on behind it as if a value had been there.</summary>
    private void RefuseCode(string message)
    {
        var frame = _frames.Peek();
        var (place, start) = (_cursor.Position, _cursor.Index);
        var isKey = frame.Place is EntryPlace.Key or EntryPlace.Equals;
        if (!Walk.Skip(stopsAtAssignment: isKey))
        {
            complaints.Add(place.Line, place.Column, message);
            _isStopped = true;
            return;
        }

        // Behind a value it is the rest of an expression that the value begins.
        var from = frame.Place == EntryPlace.After ? (frame.Last.Line, frame.Last.Column) : place;
        if (frame.Place != EntryPlace.After || !IsRefused)
        {
            Refuse(place, from, message);
        }

        IsRefused = true;
        if (frame.Place is EntryPlace.Item or EntryPlace.Value || (frame.Place == EntryPlace.Key && _cursor.Current == '='))
        {
            _safe.Stand(start, _cursor.Index);
            frame.Last = (start, place.Line, place.Column);
            frame.Place = frame.Place == EntryPlace.Key ? EntryPlace.Equals : EntryPlace.After;
        }
        else
        {
            _safe.Blank(start, _cursor.Index);
            _isStopped = frame.Place == EntryPlace.Equals && _cursor.Current != '=';
        }
    }

    /// <summary>Complains, and lets no other complaint be made about the part of the file that ends here.</summary>
    private void Refuse((int Line, int Column) place, (int Line, int Column) from, string message) =>
        complaints.AddUnreadable(place, from, _cursor.Position, message);

    private void StopIf(string? problem, (int Line, int Column) place)
    {
        if (problem is not null && !_isStopped)
        {
            complaints.Add(place.Line, place.Column, problem);
            _isStopped = true;
        }
    }

    private void Open(string opener)
    {
        if (_frames.Count >= MaximumDepth)
        {
            Stop($"The file is nested deeper than {MaximumDepth} levels; a pipeline needs five.");
            return;
        }

        Value(canBeKey: false);
        _frames.Push(new DataFrame(opener, _cursor.Position.Line, _cursor.Position.Column));
        _cursor.Advance(opener.Length);
    }

    private void Close(char closer, DataFrame frame)
    {
        if (frame.Closer != closer)
        {
            Stop($"This {closer} closes nothing; the {frame.Opener} in line {frame.Line} is open.");
            return;
        }

        if (frame.Place is EntryPlace.Equals or EntryPlace.Value || (frame.Opener == "(" && frame.Place != EntryPlace.After))
        {
            Stop($"A value is missing in front of this {closer}.");
            return;
        }

        _cursor.Advance(1);
        _frames.Pop();
        _isRootClosed = _frames.Count == 0;
    }

    private void Separate(char separator, DataFrame frame)
    {
        if (frame.Place is EntryPlace.Equals or EntryPlace.Value || (separator == ',' && frame.Place != EntryPlace.After))
        {
            Stop($"A value is missing in front of this {separator} sign.");
            return;
        }

        if (separator == ';' && frame.Opener == "(")
        {
            Stop("A ; may not stand in parentheses; write @( … ) for a list.");
            return;
        }

        _cursor.Advance(1);
        frame.Place = separator == ',' ? EntryPlace.Value : frame.First;
    }

    private void Assign()
    {
        var frame = _frames.Peek();
        if (frame is not { IsTable: true, Place: EntryPlace.Equals })
        {
            Stop("This = is at no key; write Key = value, one in a line.");
            return;
        }

        frame.Place = EntryPlace.Value;
        _cursor.Advance(1);
    }

    private void Value(bool canBeKey)
    {
        if (++_values > MaximumValues)
        {
            Stop($"The file has more than {MaximumValues} values; no pipeline has that many.");
            return;
        }

        if (!_frames.TryPeek(out var frame))
        {
            return;
        }

        if (frame.Place == EntryPlace.After)
        {
            Stop("A separator is missing in front of this; begin a new line, or put ; between entries and , between the items of a list.");
        }
        else if (frame.Place == EntryPlace.Equals || (frame.Place == EntryPlace.Key && !canBeKey))
        {
            Stop("A key or an = is missing in front of this; write Key = value.");
        }
        else
        {
            IsRefused = false;
            frame.Last = (_cursor.Index, _cursor.Position.Line, _cursor.Position.Column);
            frame.Place = frame.Place == EntryPlace.Key ? EntryPlace.Equals : EntryPlace.After;
        }
    }

    private void EndLine()
    {
        if (_frames.TryPeek(out var frame) && frame.Place == EntryPlace.After && frame.Opener != "(")
        {
            frame.Place = frame.First;
        }
    }

    private void SkipLineComment()
    {
        if (text.AsSpan(_cursor.Index).StartsWith("#requires", StringComparison.OrdinalIgnoreCase))
        {
            Stop("#requires is an instruction to PowerShell, and nothing in this file is run; remove it.");
            return;
        }

        _cursor.SkipLine();
    }

    private void SkipBlockComment()
    {
        if (!_cursor.SkipBlockComment())
        {
            Stop("This comment is not closed; end it with #>.");
        }
    }

    private void Stop(string message)
    {
        if (_isStopped)
        {
            return;
        }

        complaints.Add(_cursor.Position.Line, _cursor.Position.Column, message);
        _isStopped = true;
    }

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{Nd}_]*\z")]
    private static partial Regex KeyWord();

    [GeneratedRegex(@"\A-?(0x[0-9a-f]+|\d+(\.\d+)?(e[+-]?\d+)?)(l|d|kb|mb|gb)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A(true|false|null)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Constant();
}
