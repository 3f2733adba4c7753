using System.Text.Json.Nodes;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A pipeline file whose alerts go to a webhook of this machine, which the file webhook.txt refers to.</summary>
internal sealed class AlertJob : IAsyncDisposable
{
    /// <summary>What a pipeline file says to have it so.</summary>
    public const string Alerts = "Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt' } }";

    public AlertJob()
    {
        Job.WriteText("webhook.txt", Server.Address);
        Write("SELECT 1 AS n WHERE false");
    }

    public Job Job { get; } = new();

    public SlackServer Server { get; } = new();

    /// <summary>The payloads that arrived.</summary>
    public IReadOnlyList<JsonNode> Messages => [.. Server.Bodies.Select(body => JsonNode.Parse(body)!)];

    /// <summary>The one payload that arrived, as it came over the wire.</summary>
    public string Message => Assert.Single(Server.Bodies);

    public string Outbox => Path.Combine(Job.Folder, ".eltps", "outbox");

    public int Waiting => Directory.Exists(Outbox) ? Directory.GetFiles(Outbox, "*.json").Length : 0;

    /// <summary>Writes the pipeline file, which has one table.</summary>
    public void Write(string sql, string alerts = Alerts) => Job.WriteText(
        "job.psd1", $$"""@{ Name = 'job'; {{alerts}}; Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = '{{sql}}' } ) }""");

    /// <summary>Runs a script, of which no stream may show the webhook.</summary>
    public ScriptRun Run(string script)
    {
        var run = Job.Run(script);
        var texts = ObjectWalk.Texts(run.Output)
            .Concat(run.Errors.SelectMany(error => new[] { error.ToString(), error.Exception.ToString(), error.TargetObject?.ToString() }))
            .Concat([.. run.Warnings, .. run.Verbose, run.HostText, run.Terminating?.ToString()]);
        Assert.All(texts, text => Assert.DoesNotContain("s3cr3t", text ?? string.Empty, StringComparison.Ordinal));
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Job.Dispose();
    }
}
