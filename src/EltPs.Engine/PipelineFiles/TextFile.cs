using System.Text;
using EltPs.Engine.Files;

namespace EltPs.Engine.PipelineFiles;

/// <summary>
/// Reads a text file strictly: what is no text is refused with its place instead of being read as replacement characters.
/// </summary>
internal static class TextFile
{
    /// <summary>The most bytes that a file may have; a pipeline file of 10,000 tables has about 5 MB.</summary>
    public const long MaximumBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file in UTF-8 (with or without a byte order mark) or UTF-16 (with one).</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="complain">Takes line, column (0 for the file as a whole) and what is wrong.</param>
    /// <returns>The text; null after a complaint.</returns>
    public static string? Read(string path, Action<int, int, string> complain)
    {
        ArgumentNullException.ThrowIfNull(complain);
        if (ReadBytes(path, out var problem) is not { } bytes)
        {
            complain(0, 0, problem);
            return null;
        }

        var (encoding, mark) = Detect(bytes);
        var text = encoding.GetString(bytes, mark, bytes.Length - mark);
        var bad = FirstBad(bytes, mark, encoding);
        if (bad >= 0)
        {
            // The decoder blames the character behind a lone half of a UTF-16 pair.
            var before = encoding.GetString(bytes, mark, bad - mark);
            var (line, column) = TextPosition.Of(before.EndsWith('\ufffd') ? before[..^1] : before);
            complain(line, column, $"This is not {encoding.WebName.ToUpperInvariant()} text; save the file as UTF-8.");
            return null;
        }

        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            var (line, column) = TextPosition.Of(text.AsSpan(0, nul));
            complain(
                line,
                column,
                "A NUL character is here, as in a binary file or UTF-16 without a byte order mark; save the file as UTF-8.");
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            complain(0, 0, "The file is empty.");
            return null;
        }

        return text;
    }

    private static byte[]? ReadBytes(string path, out string problem)
    {
        problem = string.Empty;
        try
        {
            if (Directory.Exists(path))
            {
                problem = "This is a folder; name a file.";
            }
            else if (!File.Exists(path))
            {
                problem = "There is no such file.";
            }
            else if (ReadAtMost(path) is { } bytes)
            {
                return bytes;
            }
            else
            {
                problem = $"The file has more than {MaximumBytes / 1024 / 1024} MB; no pipeline has that many tables.";
            }
        }
        catch (UnauthorizedAccessException)
        {
            problem = "The file may not be read: permission denied.";
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or ArgumentException)
        {
            problem = $"The file cannot be read: {failure.Message}";
        }

        return null;
    }

    /// <summary>The file's bytes; null if there are too many, also of a device that has no length and no end.</summary>
    private static byte[]? ReadAtMost(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > MaximumBytes)
            {
                return null;
            }
        }

        return copy.ToArray();
    }

    private static (Encoding Encoding, int Mark) Detect(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (Encoding.UTF8, 0),
    };

    /// <summary>The offset of the first invalid byte; -1 if there is none.</summary>
    private static int FirstBad(byte[] bytes, int mark, Encoding lenient)
    {
        var strict = Encoding.GetEncoding(lenient.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            strict.GetCharCount(bytes, mark, bytes.Length - mark);
            return -1;
        }
        catch (DecoderFallbackException failure)
        {
            return mark + Math.Max(0, failure.Index);
        }
    }
}
