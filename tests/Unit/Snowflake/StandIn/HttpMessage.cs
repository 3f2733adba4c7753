using System.Globalization;
using System.Text;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>An HTTP/1.1 request as it came over the wire.</summary>
internal sealed record HttpMessage(string Method, string Path, Dictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Reads the next one; null when the other side has closed.</summary>
    public static async Task<HttpMessage?> ReadAsync(Stream stream, CancellationToken token)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, token);
        var first = lines[0].Split(' ');
        return new HttpMessage(first[0], first[1], headers, body);
    }

    private static bool EndsHead(List<byte> head) =>
        head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
