using System.Text.RegularExpressions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.PipelineFiles;

/// <summary>Lets only plain data through to PowerShell's parser: tables, lists, quoted text, numbers, $true, $false, $null.</summary>
/// <remarks>
/// The parser is not safe by itself. It loads modules and runs their code while it parses (<c>using module</c>, <c>configuration</c> with
/// <c>Import-DscResource</c>, dynamic keywords), it overflows the stack on deep nesting, and its time grows with the square of the number
/// of its errors. This lexer follows PowerShell's: typographic quotes are quotes, and the same places end a text; where it could differ
/// (a backtick or <c>$</c> in double quotes), it refuses. Source: PowerShell language specification, "Lexical Structure".
/// </remarks>
internal sealed partial class DataTextGuard(string text, ComplaintList complaints)
{
    /// <summary>The deepest nesting; a valid pipeline file needs five.</summary>
    public const int MaximumDepth = 32;

    // A table of 10,000 tables has about 60,000 values; the parser takes about 2 microseconds for each.
    private const int MaximumValues = 1_000_000;
    private const int MaximumComplaints = 50;
    private readonly DataTextCursor _cursor = new(text);
    private readonly Stack<DataFrame> _frames = new();
    private bool _isRootClosed;
    private bool _isStopped;
    private int _values;

    /// <summary>Complains about everything that is no data.</summary>
    public void Check()
    {
        while (!_isStopped && !_cursor.IsAtEnd && complaints.Count < MaximumComplaints)
        {
            ReadOne();
        }

        if (!_isStopped && complaints.Count == 0 && _frames.TryPeek(out var open))
        {
            complaints.Add(open.Line, open.Column, $"This {open.Opener} is not closed; end it with {open.Closer}.");
        }
        else if (complaints.Count == 0 && !_isRootClosed)
        {
            complaints.Add(1, 1, "The file holds no data; write one table @{ Tables = @( … ) }.");
        }
    }

    private void ReadOne()
    {
        var first = _cursor.Current;
        if (first is '\n' or '\r')
        {
            _cursor.Advance(1);
            EndEntry(isNewLine: true);
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
            Stop(_isRootClosed ? "There is something behind the file's table; remove it." : "The file must begin with its table; write @{ … } and nothing in front of it.");
        }
        else
        {
            ReadToken(first);
        }
    }

    private void ReadToken(char first)
    {
        if (first is '}' or ')')
        {
            Close(first);
        }
        else if (first == '@' && _cursor.Peek(1) is '{' or '(' || first == '(')
        {
            Open(first == '@' && _cursor.Peek(1) == '{' ? "@{" : first == '(' ? "(" : "@(");
        }
        else if (ReadText(first))
        {
            Value(canBeKey: true);
        }
        else if (first == '=')
        {
            Assign();
        }
        else if (first is ',' or ';')
        {
            _cursor.Advance(1);
            if (first == ';')
            {
                EndEntry(isNewLine: false);
            }
            else
            {
                _frames.Peek().Place = _frames.Peek().IsTable ? EntryPlace.Value : EntryPlace.None;
            }
        }
        else
        {
            ReadWord(first);
        }
    }

    private bool ReadText(char first)
    {
        var isHere = first == '@' && (PowerShellText.IsSingleQuote(_cursor.Peek(1)) || PowerShellText.IsDoubleQuote(_cursor.Peek(1)));
        var quote = isHere ? _cursor.Peek(1) : first;
        var isDouble = PowerShellText.IsDoubleQuote(quote);
        if (!isDouble && !PowerShellText.IsSingleQuote(quote))
        {
            return false;
        }

        var (line, column) = _cursor.Position;
        var start = _cursor.Index;
        var problem = isHere ? _cursor.SkipHereText(isDouble) : _cursor.SkipText(isDouble);
        if (problem is not null)
        {
            complaints.Add(line, column, problem);
            _isStopped = true;
            return true;
        }

        var content = text.AsSpan(start, _cursor.Index - start);
        if (isDouble && (content.Contains('$') || (isHere && content.Contains('`'))))
        {
            complaints.Add(line, column, "A double-quoted text with $ is code; use single quotes or @'…'@.");
        }

        return true;
    }

    private void ReadWord(char first)
    {
        var word = _cursor.PeekWord();
        if (_frames.Peek() is { IsTable: true, Place: EntryPlace.Key } && KeyWord().IsMatch(word))
        {
            _cursor.Advance(word.Length);
            Value(canBeKey: true);
        }
        else if (first == '$')
        {
            ReadDollar();
        }
        else if (Number().IsMatch(word))
        {
            _cursor.Advance(word.Length);
            Value(canBeKey: true);
        }
        else
        {
            Refuse(first, word);
        }
    }

    private void ReadDollar()
    {
        _cursor.Advance(1);
        var word = _cursor.PeekWord();
        if (word is not "" && Constant().IsMatch(word))
        {
            _cursor.Advance(word.Length);
            Value(canBeKey: false);
            return;
        }

        var (line, column) = _cursor.Position;
        var what = _cursor.Current == '(' ? "A sub-expression $(…)" : $"The variable {ComplaintList.Show("$" + word)}";
        complaints.Add(line, column - 1, $"{what} is code, and nothing in this file is run; write the value itself.");
        Resume(word.Length);
    }

    private void Refuse(char first, string word)
    {
        var (line, column) = _cursor.Position;
        var message = first switch
        {
            '[' when PowerShellText.IsOrderedCast(text, _cursor.Index) => "[ordered] is a cast; drop it, a plain @{ … } will do.",
            '[' => "A type in [ ] is code, and nothing in this file is run; drop the cast.",
            '{' => "A script block { } is code, and nothing in this file is run; write @{ … } for a table.",
            '`' => "A line may not be continued with a backtick; remove it.",
            _ when word.Length > 0 => $"{ComplaintList.Show(word)} is no value, and nothing in this file is run; put text in single quotes.",
            _ => $"{ComplaintList.Show(first.ToString())} is no data, and nothing in this file is run; put text in single quotes.",
        };
        complaints.Add(line, column, message);
        Resume(Math.Max(1, word.Length));
    }

    /// <summary>Goes on in the next line: what else is in this one belongs to the code that was refused.</summary>
    private void Resume(int length)
    {
        _cursor.Advance(length);
        // Text and brackets may span lines, so only a line without any is skipped; else the rest would be misread.
        if (!_cursor.TrySkipPlainLine())
        {
            _isStopped = true;
        }
        else
        {
            _frames.Peek().Place = _frames.Peek().IsTable ? EntryPlace.After : EntryPlace.None;
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

    private void Close(char closer)
    {
        if (_frames.Peek().Closer != closer)
        {
            Stop($"This {closer} closes nothing; the {_frames.Peek().Opener} in line {_frames.Peek().Line} is open.");
            return;
        }

        _cursor.Advance(1);
        _frames.Pop();
        _isRootClosed = _frames.Count == 0;
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
        }
        else if (_frames.TryPeek(out var frame) && frame.IsTable)
        {
            frame.Place = frame.Place == EntryPlace.Key && canBeKey ? EntryPlace.Equals : EntryPlace.After;
        }
    }

    private void EndEntry(bool isNewLine)
    {
        if (_frames.TryPeek(out var frame) && frame.IsTable && (frame.Place == EntryPlace.After || !isNewLine))
        {
            frame.Place = EntryPlace.Key;
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
        complaints.Add(_cursor.Position.Line, _cursor.Position.Column, message);
        _isStopped = true;
    }

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{Nd}_]*\z")]
    private static partial Regex KeyWord();

    [GeneratedRegex(@"\A[+-]?(0x[0-9a-f]+|\d+(\.\d+)?(e[+-]?\d+)?)(l|d|kb|mb|gb)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A(true|false|null)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Constant();
}
