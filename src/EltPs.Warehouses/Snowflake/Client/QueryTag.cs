using System.Text;
using System.Text.Encodings.Web;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The label that Snowflake's query history keeps with a statement.</summary>
internal static class QueryTag
{
    /// <summary>The most characters that Snowflake takes ("Parameters", QUERY_TAG).</summary>
    public const int MostCharacters = 2000;

    // Letters of other languages stay as they are: the tag is for people, and goes nowhere near HTML.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A JSON object with who sent the statement; long values are shortened, so that it stays valid.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="requestId">The request, which makes the tag unique, so that the statement can be found by it.</param>
    public static string Create(WorkScope scope, Guid requestId)
    {
        (string Key, string? Value)[] labels =
        [
            ("app", "EltPs"),
            ("pipeline", scope.Pipeline),
            ("run", scope.RunId),
            ("table", scope.Table?.ToString()),
            ("step", scope.Step.ToString()),
            ("request", requestId.ToString()),
        ];
        var most = MostCharacters;
        var tag = Write(labels, most);
        while (tag.Length > MostCharacters)
        {
            most -= 50;
            tag = Write(labels, most);
        }

        return tag;
    }

    private static string Write((string Key, string? Value)[] labels, int most) =>
        "{"
        + string.Join(
            ',',
            labels.Where(label => label.Value is not null).Select(label => $"\"{label.Key}\":\"{Shorten(label.Value!, most)}\""))
        + "}";

    // By whole characters as they are written: neither a surrogate pair nor an escape is ever cut.
    private static string Shorten(string value, int most)
    {
        var written = new StringBuilder();
        foreach (var rune in value.EnumerateRunes())
        {
            var character = Encoder.Encode(rune.ToString());
            if (written.Length + character.Length >= most)
            {
                return written.Append('…').ToString();
            }

            written.Append(character);
        }

        return written.ToString();
    }
}
