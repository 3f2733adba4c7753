namespace EltPs.DataFiles;

/// <summary>Walks over code, which is refused and never parsed, to the place where the data goes on.</summary>
/// <remarks>
/// It only has to find the end well enough that the complaints about what follows are right. If brackets or quotes do not match, it says
/// so, and nothing more of the file is read.
/// </remarks>
internal sealed class CodeWalk(DataTextCursor cursor)
{
    // Text in code in text in code …
    private const int MaximumDepth = 16;
    private int _depth;

    /// <summary>
    /// Skips to the end of the code: a separator or a bracket of the data around it, the end of a line that does not go on in the next
    /// one, or, if asked for, an <c>=</c>. False if that cannot be found.
    /// </summary>
    public bool Skip(bool stopsAtAssignment)
    {
        var closers = new Stack<char>();
        var last = '\0';
        while (!cursor.IsAtEnd)
        {
            var current = cursor.Current;
            if (closers.Count == 0 && IsEnd(current, last, stopsAtAssignment))
            {
                return true;
            }

            if (!SkipOne(current, last, closers))
            {
                return false;
            }

            last = PowerShellText.IsBlank(current) && last is not ('\0' or '\n') ? last : current;
        }

        return closers.Count == 0;
    }

    /// <summary>Skips an opening bracket and everything up to the one that closes it; false if there is none.</summary>
    public bool SkipGroup()
    {
        var closers = new Stack<char>();
        var last = '\0';
        do
        {
            var current = cursor.Current;
            if (!SkipOne(current, last, closers))
            {
                return false;
            }

            last = current;
        }
        while (closers.Count > 0 && !cursor.IsAtEnd);
        return closers.Count == 0;
    }

    private static bool IsEnd(char current, char last, bool stopsAtAssignment) => current switch
    {
        ',' or ';' or ')' or '}' => true,
        '=' => stopsAtAssignment,
        '\n' or '\r' => last is not ('|' or '`' or '&' or '+' or '='),
        _ => false,
    };

    private bool SkipOne(char current, char last, Stack<char> closers)
    {
        switch (current)
        {
            case '`':
                cursor.Advance(2);
                return true;
            case '<' when cursor.Peek(1) == '#':
                return cursor.SkipBlockComment();
            case '#' when last is '\0' or '\n' or '\r' or '(' or '{' or ';' or ',' || PowerShellText.IsBlank(cursor.Peek(-1)):
                cursor.SkipLine();
                return true;
            case '(' or '{' or '[':
                closers.Push(current == '(' ? ')' : current == '{' ? '}' : ']');
                break;
            case ')' or '}' or ']' when closers.Count > 0 && closers.Peek() == current:
                closers.Pop();
                break;
            case ')' or '}':
                return false;
            case '@' when IsQuote(cursor.Peek(1)):
                return SkipText(PowerShellText.IsDoubleQuote(cursor.Peek(1)));
            default:
                if (IsQuote(current))
                {
                    return SkipText(PowerShellText.IsDoubleQuote(current));
                }

                break;
        }

        cursor.Advance(1);
        return true;
    }

    private bool SkipText(bool isDouble)
    {
        if (!isDouble)
        {
            return (cursor.Current == '@' ? cursor.SkipHereText() : cursor.SkipText()) is null;
        }

        if (_depth == MaximumDepth)
        {
            return false;
        }

        _depth++;
        var problem = new ExpandableText(cursor, this).Skip();
        _depth--;
        return problem is null;
    }

    private static bool IsQuote(char value) => PowerShellText.IsSingleQuote(value) || PowerShellText.IsDoubleQuote(value);
}
