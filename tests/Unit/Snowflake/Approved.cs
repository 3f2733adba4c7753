using System.Text.RegularExpressions;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;

namespace EltPs.Tests.Snowflake;

/// <summary>Compares a text with the one that was read and approved, in the folder Approved.</summary>
internal static partial class Approved
{
    /// <summary>Fails unless the text is the approved one.</summary>
    public static void Matches(string name, string text) => ApprovedText.Matches("Snowflake", $"{name}.sql", text);

    /// <summary>What was sent, a request a paragraph; ids are numbered in the order in which they come.</summary>
    public static string Text(IEnumerable<LoggedRequest> requests)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = string.Concat(
            requests.Select(request =>
                $"-- {request.Method} {PathOf(request)}\n{(request.IsSubmit ? $"{request.Statement!.TrimEnd()};\n" : string.Empty)}\n"));
        text = Guid().Replace(text, match => match.Value == System.Guid.Empty.ToString() ? match.Value : Number(match.Value, "generation"));
        return RunId().Replace(text, match => Number(match.Value, "run"));

        string Number(string id, string kind)
        {
            if (!ids.TryGetValue(id, out var number))
            {
                number = $"<{kind} {ids.Values.Count(known => known.StartsWith($"<{kind} ", StringComparison.Ordinal)) + 1}>";
                ids.Add(id, number);
            }

            return number;
        }
    }

    // The id of the request is new each time, and says nothing.
    private static string PathOf(LoggedRequest request) => RequestId().Replace(request.Path, string.Empty);

    [GeneratedRegex("[?]requestId=[0-9a-f-]{36}")]
    private static partial Regex RequestId();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}")]
    private static partial Regex RunId();
}
