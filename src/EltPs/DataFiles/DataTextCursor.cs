namespace EltPs.DataFiles;

/// <summary>Walks through PowerShell text and knows line and column.</summary>
internal sealed class DataTextCursor(string text)
{
    public const string OpenText = "This text is not closed; end it with the quote that begins it.";
    public const string OpenHereText = "This text is not closed; end it with '@ at the very beginning of a line.";
    private int _line = 1;
    private int _lineStart;

    public int Index { get; private set; }

    public bool IsAtEnd => Index >= text.Length;

    public char Current => Peek(0);

    public (int Line, int Column) Position => (_line, Index - _lineStart + 1);

    public char Peek(int ahead) => Index + ahead >= 0 && Index + ahead < text.Length ? text[Index + ahead] : '\0';

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

    public bool SkipBlockComment()
    {
        var end = text.IndexOf("#>", Index + 2, StringComparison.Ordinal);
        if (end >= 0)
        {
            Advance(end + 2 - Index);
        }

        return end >= 0;
    }

    /// <summary>Skips a single-quoted text; the problem if it has no end.</summary>
    public string? SkipText()
    {
        var at = Index + 1;
        for (; at < text.Length; at++)
        {
            if (PowerShellText.IsSingleQuote(text[at]) && at + 1 < text.Length && PowerShellText.IsSingleQuote(text[at + 1]))
            {
                at++;
            }
            else if (PowerShellText.IsSingleQuote(text[at]))
            {
                Advance(at + 1 - Index);
                return null;
            }
        }

        return OpenText;
    }

    /// <summary>Skips <c>@'</c>, a new line, text, a new line and <c>'@</c>; the problem if it has not that form.</summary>
    public string? SkipHereText()
    {
        if (SkipHereTextHeader() is { } problem)
        {
            return problem;
        }

        while (!IsAtEnd)
        {
            if (TryCloseHereText(isDouble: false))
            {
                return null;
            }

            Advance(1);
        }

        return OpenHereText;
    }

    /// <summary>Skips <c>@'</c> and the blanks behind it, up to the end of the line; the problem if something else is there.</summary>
    public string? SkipHereTextHeader()
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

        Advance(at - Index);
        return null;
    }

    /// <summary>Skips the end of a line and the <c>'@</c> that begins the next one, if they are here.</summary>
    public bool TryCloseHereText(bool isDouble)
    {
        var isEnd = Current is '\n' or '\r'
            && (isDouble ? PowerShellText.IsDoubleQuote(Peek(1)) : PowerShellText.IsSingleQuote(Peek(1)))
            && Peek(2) == '@';
        if (isEnd)
        {
            Advance(3);
        }

        return isEnd;
    }

    /// <summary>Whether <c>`u{…}</c> with one to six hexadecimal digits is here.</summary>
    public bool IsUnicodeEscape()
    {
        var digits = 0;
        while (digits < 7 && char.IsAsciiHexDigit(Peek(3 + digits)))
        {
            digits++;
        }

        return Peek(2) == '{'
            && digits is > 0 and < 7
            && Peek(3 + digits) == '}'
            && Convert.ToInt32(text.Substring(Index + 3, digits), 16) <= 0x10FFFF;
    }

    /// <summary>The name of a variable that is here, or the sign that is one.</summary>
    public string PeekName()
    {
        var end = Index;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or ':' or '?'))
        {
            end++;
        }

        return text[Index..end];
    }

    /// <summary>The text from here to a sign in the same line, or to its end.</summary>
    public string TextUpTo(char last)
    {
        var rest = text.AsSpan(Index);
        var length = rest.IndexOfAny(last, '\n', '\r');
        return rest[..(length < 0 ? rest.Length : rest[length] == last ? length + 1 : length)].ToString();
    }

    /// <summary>The text from a place up to here, cut if it is long.</summary>
    public string TextSince(int start, int longest) =>
        Index - start <= longest ? text[start..Index] : string.Concat(text.AsSpan(start, longest), "…");
}
