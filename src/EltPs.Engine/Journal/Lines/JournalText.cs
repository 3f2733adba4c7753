using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EltPs.Engine.Journal;

/// <summary>Lines of a journal as text: one JSON object each.</summary>
internal static class JournalText
{
    /// <summary>The version of the schema that this EltPs writes, and the newest that it can read.</summary>
    public const int Version = 1;

    // Letters of other languages stay readable: the text goes nowhere near HTML.
    private static readonly JournalContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The line with its line feed; JSON escapes those within.</summary>
    public static byte[] Write(JournalLine line) => [.. JsonSerializer.SerializeToUtf8Bytes(line, Context.JournalLine), (byte)'\n'];

    /// <summary>Reads a line; null if it is none, such as one that was cut in the middle.</summary>
    public static JournalLine? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Context.JournalLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(LockHolder holder) => JsonSerializer.SerializeToUtf8Bytes(holder, Context.LockHolder);

    public static LockHolder? ReadHolder(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Context.LockHolder);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Made by the compiler: without reflection the first line of a process costs nothing that anybody could notice.</summary>
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class JournalContext : JsonSerializerContext;
