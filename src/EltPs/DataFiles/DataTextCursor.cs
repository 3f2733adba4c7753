namespace EltPs.DataFiles;

/// <summary>Walks through PowerShell text and knows line and column.</summary>
internal sealed class DataTextCursor(string text)
{
    private const string OpenText = "This text is not closed; end it with the quote that begins it.";
    private int _line = 1;
    private int _lineStart;

    public int Index { get; private set; }

    public bool IsAtEnd => Index >= text.Length;

    public char Current => Peek(0);

    public (int Line, int Column) Position => (_line, Index - _lineStart + 1);

    public char Peek(int ahead) => Index + ahead < text.Length ? text[Index + ahead] : '\0';

    public void Advance(int count)
    {
        for (; count > 0 && Index < text.Length; count--)
        {
            var read = text[Index++];
            if (read == '\n' || (read == '\r' && Current != '\n'))
            {
                _line++;
                _lineStart = Index;
            }
        }
    }

    /// <summary>The run of characters that could be one number, key or command.</summary>
    public string PeekWord(int skip = 0)
    {
        var end = Math.Min(Index + skip, text.Length);
        while (end < text.Length
            && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '+' or '.' or ':' or '\\' or '/' or '*' or '%' or '?' or '!'))
        {
            end++;
        }

        return text[Math.Min(Index + skip, text.Length)..end];
    }

    public void SkipLine()
    {
        var rest = text.AsSpan(Index).IndexOfAny('\n', '\r');
        Advance(rest < 0 ? text.Length - Index : rest);
    }

    /// <summary>Skips to the line's end if nothing in the rest of the line could span lines; false, without a move, otherwise.</summary>
    public bool TrySkipPlainLine()
    {
        var rest = text.AsSpan(Index);
        var length = rest.IndexOfAny('\n', '\r');
        rest = length < 0 ? rest : rest[..length];
        foreach (var letter in rest)
        {
            if (letter is '{' or '}' or '(' or ')' or '@' or '`' or '#' or '<'
                || PowerShellText.IsSingleQuote(letter)
                || PowerShellText.IsDoubleQuote(letter))
            {
                return false;
            }
        }

        Advance(rest.Length);
        return true;
    }

    public bool SkipBlockComment()
    {
        var end = text.IndexOf("#>", Index + 2, StringComparison.Ordinal);
        if (end >= 0)
        {
            Advance(end + 2 - Index);
        }

        return end >= 0;
    }

    /// <summary>Skips a quoted text; the problem if it has no end.</summary>
    public string? SkipText(bool isDouble)
    {
        var at = Index + 1;
        for (; at < text.Length; at++)
        {
            if (isDouble && text[at] == '`')
            {
                at++;
            }
            else if (IsQuote(text[at], isDouble) && at + 1 < text.Length && IsQuote(text[at + 1], isDouble))
            {
                at++;
            }
            else if (IsQuote(text[at], isDouble))
            {
                Advance(at + 1 - Index);
                return null;
            }
        }

        return OpenText;
    }

    /// <summary>Skips <c>@'</c>, a new line, text, a new line and <c>'@</c>; the problem if it has not that form.</summary>
    public string? SkipHereText(bool isDouble)
    {
        var at = Index + 2;
        while (at < text.Length && PowerShellText.IsBlank(text[at]))
        {
            at++;
        }

        if (at >= text.Length || text[at] is not ('\n' or '\r'))
        {
            return "Nothing may follow @' in its line; begin the text in the next one.";
        }

        for (; at + 2 < text.Length; at++)
        {
            if (text[at] is '\n' or '\r' && IsQuote(text[at + 1], isDouble) && text[at + 2] == '@')
            {
                Advance(at + 3 - Index);
                return null;
            }
        }

        return "This text is not closed; end it with '@ at the very beginning of a line.";
    }

    private static bool IsQuote(char value, bool isDouble) =>
        isDouble ? PowerShellText.IsDoubleQuote(value) : PowerShellText.IsSingleQuote(value);
}
