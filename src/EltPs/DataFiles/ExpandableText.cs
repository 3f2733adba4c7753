namespace EltPs.DataFiles;

/// <summary>Walks over a double-quoted text, and finds the code in it.</summary>
/// <remarks>
/// As PowerShell's tokenizer does (ScanStringExpandable, ScanHereStringExpandable and ScanDollarInStringExpandable in tokenizer.cs): a
/// backtick escapes whatever follows it, a quote is doubled, and a <c>$</c> is code only in front of <c>(</c>, <c>{</c> or a character that
/// can begin a variable's name; "costs 5$" and "$ 5" have a dollar sign.
/// </remarks>
internal sealed class ExpandableText(DataTextCursor cursor, CodeWalk walk)
{
    private const int LongestCode = 40;
    private bool _isHere;

    /// <summary>The place of the first code; null for none.</summary>
    public (int Line, int Column)? CodePlace { get; private set; }

    /// <summary>What the code looks like.</summary>
    public string Code { get; private set; } = string.Empty;

    /// <summary>The place of the first <c>`u</c> that is not followed by a number in braces; null for none.</summary>
    public (int Line, int Column)? BadEscapePlace { get; private set; }

    /// <summary>Walks from the opening quote, or the <c>@</c> before it, to behind the end; the problem if it has no end.</summary>
    public string? Skip()
    {
        _isHere = cursor.Current == '@';
        if (_isHere && cursor.SkipHereTextHeader() is { } problem)
        {
            return problem;
        }

        if (!_isHere)
        {
            cursor.Advance(1);
        }

        while (!cursor.IsAtEnd)
        {
            if (TryClose())
            {
                return null;
            }

            if (cursor.Current == '`')
            {
                Escape();
            }
            else if (cursor.Current != '$' || !IsCode(cursor.Peek(1)))
            {
                cursor.Advance(1);
            }
            else if (!SkipCode())
            {
                break;
            }
        }

        return _isHere ? DataTextCursor.OpenHereText : DataTextCursor.OpenText;
    }

    private static bool IsCode(char next) =>
        next is '(' or '{' or '$' or '?' or '^' or ':' or '_' || char.IsLetterOrDigit(next);

    private bool TryClose()
    {
        if (_isHere)
        {
            return cursor.TryCloseHereText(isDouble: true);
        }

        if (!PowerShellText.IsDoubleQuote(cursor.Current))
        {
            return false;
        }

        if (PowerShellText.IsDoubleQuote(cursor.Peek(1)))
        {
            // TryClose is asked for each character, so the second one of the pair must not be seen as the end.
            cursor.Advance(1);
            return false;
        }

        cursor.Advance(1);
        return true;
    }

    private void Escape()
    {
        if (cursor.Peek(1) == 'u' && !cursor.IsUnicodeEscape())
        {
            BadEscapePlace ??= cursor.Position;
        }

        cursor.Advance(2);
    }

    private bool SkipCode()
    {
        var (place, start) = (cursor.Position, cursor.Index);
        var next = cursor.Peek(1);
        cursor.Advance(1);
        if (next == '(')
        {
            if (!walk.SkipGroup())
            {
                return false;
            }
        }
        else if (next == '{')
        {
            while (!cursor.IsAtEnd && cursor.Current != '}')
            {
                cursor.Advance(cursor.Current == '`' ? 2 : 1);
            }

            cursor.Advance(1);
        }
        else
        {
            var name = cursor.PeekName();
            cursor.Advance(Math.Max(1, name.Length));
        }

        if (CodePlace is null)
        {
            CodePlace = place;
            Code = next == '(' ? "$(…)" : cursor.TextSince(start, LongestCode);
        }

        return true;
    }
}
