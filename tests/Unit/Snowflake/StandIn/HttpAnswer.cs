using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>An HTTP/1.1 answer as it goes over the wire.</summary>
internal sealed record HttpAnswer(int Status, string Body)
{
    public TimeSpan? RetryAfter { get; init; }

    public bool IsGzip { get; init; }

    /// <summary>Whether the connection ends with it.</summary>
    public bool IsLast { get; init; }

    /// <summary>A body as Snowflake's QueryStatus and QueryFailureStatus.</summary>
    public static HttpAnswer Of(int status, string code, string sqlState, string message, string? handle = null)
    {
        var body = new Dictionary<string, string> { ["code"] = code, ["sqlState"] = sqlState, ["message"] = message };
        if (handle is not null)
        {
            body["statementHandle"] = handle;
            body["statementStatusUrl"] = $"/api/v2/statements/{handle}";
        }

        return new HttpAnswer(status, System.Text.Json.JsonSerializer.Serialize(body));
    }

    /// <summary>The bytes.</summary>
    /// <param name="now">For the Date header.</param>
    /// <param name="cut">Whether to end in the middle of the body.</param>
    /// <param name="isFramed">Whether the length says that this is all.</param>
    public byte[] ToBytes(DateTimeOffset now, bool cut = false, bool isFramed = false)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        if (IsGzip)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            {
                gzip.Write(body);
            }

            body = packed.ToArray();
        }

        var sent = cut ? body[..(body.Length / 2)] : body;
        var head = new StringBuilder(
            $"HTTP/1.1 {Status} Status\r\nContent-Type: application/json\r\nDate: {now.ToString("R", CultureInfo.InvariantCulture)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {(cut && !isFramed ? body.Length : sent.Length)}\r\n");
        if (IsGzip)
        {
            head.Append("Content-Encoding: gzip\r\n");
        }

        if (IsLast)
        {
            head.Append("Connection: close\r\n");
        }

        if (RetryAfter is { } wait)
        {
            head.Append(CultureInfo.InvariantCulture, $"Retry-After: {(int)wait.TotalSeconds}\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. sent];
    }
}
