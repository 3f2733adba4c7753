using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EltPs.Tests.Snowflake.StandIn;

namespace EltPs.Bench;

/// <summary>
/// What a common job does for each table: sign in, build the staging table, count it, make the published table if there is none, swap. A driver's
/// sign-in is a request of its own protocol; here a query stands for it.
/// </summary>
internal sealed class PlainJob : IDisposable
{
    private readonly HttpClient _client;

    public PlainJob(Uri endpoint, string token)
    {
        _client = new HttpClient { BaseAddress = endpoint };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _client.DefaultRequestHeaders.Add("X-Snowflake-Authorization-Token-Type", "PROGRAMMATIC_ACCESS_TOKEN");
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("PlainJob/1.0");
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public async Task RunAsync(IEnumerable<(string Name, string Sql)> tables)
    {
        foreach (var (name, sql) in tables)
        {
            var temp = name.Replace(".", ".temp_", StringComparison.Ordinal);
            await SendAsync("SELECT CURRENT_VERSION()");
            await SendAsync($"CREATE OR REPLACE TABLE {temp} AS {sql}");
            await SendAsync($"SELECT COUNT(1) FROM {temp}");
            await SendAsync($"CREATE TABLE IF NOT EXISTS {name} AS SELECT * FROM {temp} WHERE 1=0");
            await SendAsync($"ALTER TABLE {name} SWAP WITH {temp}");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(string statement)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"api/v2/statements?requestId={Guid.NewGuid()}");
        using var body = new StringContent(JsonSerializer.Serialize(new { statement, database = StandInCatalogue.Database }), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(path, UriKind.Relative), body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{statement}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
