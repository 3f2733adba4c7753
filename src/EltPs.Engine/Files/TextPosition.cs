using EltPs.Engine.Errors;

namespace EltPs.Engine.Files;

/// <summary>Lines and columns of a text, counted from 1.</summary>
internal static class TextPosition
{
    /// <summary>The place right behind a text that begins somewhere in a file.</summary>
    public static SourceLocation In(SourceLocation start, ReadOnlySpan<char> before)
    {
        ArgumentNullException.ThrowIfNull(start);
        var (down, right) = Of(before);
        return new SourceLocation(start.File, start.Line + down - 1, down == 1 ? start.Column + right - 1 : right);
    }

    /// <summary>The line and column right behind a text.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<char> before)
    {
        var line = 1;
        var start = 0;
        for (var at = 0; at < before.Length; at++)
        {
            // CR LF is one line's end; a CR alone is one too, as in PowerShell.
            if (before[at] == '\n' || (before[at] == '\r' && !(at + 1 < before.Length && before[at + 1] == '\n')))
            {
                line++;
                start = at + 1;
            }
        }

        return (line, before.Length - start + 1);
    }
}
