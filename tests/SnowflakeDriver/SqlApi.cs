using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EltPs.Tests.SnowflakeDriverDependency;

namespace Snowflake.Data.Client;

/// <summary>
/// Carries a connection's statements over the SQL API, with the session's parameters in each request, because that protocol has no
/// sessions.
/// </summary>
internal sealed partial class SqlApi : IDisposable
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _session = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient _http;

    public SqlApi(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (string key in builder.Keys)
        {
            _settings[key] = (string)builder[key];
        }

        _http = new HttpClient { BaseAddress = new Uri($"{_settings["scheme"]}://{_settings["host"]}:{_settings["port"]}/") };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Snowflake.Data", Dependency.Version));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var token = _settings.GetValueOrDefault("token") ?? _settings.GetValueOrDefault("password") ?? string.Empty;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var type = _settings.GetValueOrDefault("authenticator") == "oauth" ? "OAUTH" : "PROGRAMMATIC_ACCESS_TOKEN";
        _http.DefaultRequestHeaders.Add("X-Snowflake-Authorization-Token-Type", type);
    }

    /// <summary>Takes what only changes the session.</summary>
    public bool TrySetSession(string statement)
    {
        if (SetSession().Match(statement) is { Success: true } set)
        {
            _session[set.Groups["name"].Value] = set.Groups["value"].Value.Trim('\'').Replace("''", "'", StringComparison.Ordinal);
            return true;
        }

        return UnsetSession().Match(statement) is { Success: true } unset && (_session.Remove(unset.Groups["name"].Value) || true);
    }

    /// <summary>Sends statements; the answer may be that they run.</summary>
    public async Task<SqlApiAnswer> SubmitAsync(
        string statement,
        string? queryTag,
        string? statementCount,
        CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>();
        Add("timezone", _session.GetValueOrDefault("TIMEZONE"));
        Add("query_tag", queryTag ?? _session.GetValueOrDefault("QUERY_TAG"));
        Add("MULTI_STATEMENT_COUNT", statementCount);
        var body = new Dictionary<string, object> { ["statement"] = statement, ["parameters"] = parameters };
        if (_session.TryGetValue("STATEMENT_TIMEOUT_IN_SECONDS", out var timeout))
        {
            body["timeout"] = int.Parse(timeout, CultureInfo.InvariantCulture);
        }

        foreach (var (key, name) in new[] { ("db", "database"), ("schema", "schema"), ("warehouse", "warehouse"), ("role", "role") })
        {
            if (_settings.TryGetValue(key, out var value))
            {
                body[name] = value;
            }
        }

        // Asynchronously, so that the handle, and with it the cancel, is there at once.
        using var content = JsonContent.Create(body);
        await content.LoadIntoBufferAsync(cancellationToken);
        using var response = await _http.PostAsync($"api/v2/statements?requestId={Guid.NewGuid()}&async=true", content, cancellationToken);
        return await ReadAsync(response, cancellationToken);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }
    }

    /// <summary>Asks for an answer.</summary>
    public async Task<SqlApiAnswer> GetAsync(string handle, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"api/v2/statements/{handle}", cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Asks for a cancel.</summary>
    public async Task CancelAsync(string handle)
    {
        using var response = await _http.PostAsync($"api/v2/statements/{handle}/cancel", content: null);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<SqlApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted)
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return new SqlApiAnswer(response.StatusCode == HttpStatusCode.Accepted, answer);
        }

        if (response.StatusCode is not (HttpStatusCode.UnprocessableEntity or HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout))
        {
            response.EnsureSuccessStatusCode();
        }

        var error = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        throw new SnowflakeDbException(
            Text("sqlState"),
            int.Parse(Text("code") ?? "0", CultureInfo.InvariantCulture),
            Text("message") ?? string.Empty,
            Text("statementHandle"));

        string? Text(string name) => error.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    [GeneratedRegex(@"\AALTER SESSION SET (?<name>\w+) = (?<value>.*)\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SetSession();

    [GeneratedRegex(@"\AALTER SESSION UNSET (?<name>\w+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex UnsetSession();
}
