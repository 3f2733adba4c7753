using System.Security.Cryptography;
using System.Text;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;
using ScriptRun = EltPs.Tests.Support.ScriptRun;

namespace EltPs.Tests.Alerts;

/// <summary>
/// Secrets in every place where they may be, runs that end in every way, and a search for a byte of them in all that is left and shown.
/// </summary>
public sealed class PlantedSecretTests : IAsyncDisposable
{
    // Other than the last four characters of a webhook's address, which are shown so that webhooks can be told apart.
    private const string InVariable = "pl4ntedInTheVariable";
    private const string InFile = "pl4ntedInTheFile";
    private const string Given = "pl4ntedOnTheCommandLine";
    private const string Token = "pl4nted.oauth-token/of+the=connection";

    private static readonly Fault.Status Busy = new(422)
    {
        VendorCode = "000625",
        SqlState = "57014",
        Message = "waiters exceed the limit",
    };

    private readonly SnowflakeAccount _account = new(withSample: false);
    private readonly SlackServer _slack = new();
    private readonly ProcessEnvironment _environment;
    private readonly List<ScriptRun> _runs = [];

    public PlantedSecretTests()
    {
        _environment = new ProcessEnvironment(
            ("ELTPS_PLANTED_WEBHOOK", Address(InVariable)),
            ("ELTPS_PLANTED_TOKEN", Token),
            ("ELTPS_PLANTED_ADDRESS", Address(Given)));
        _account.Server.SignIn.Accept("OAUTH", Token);
        _account.Folder.File("webhook.txt", Address(InFile) + "\n");
        _account.Folder.File(
            "job.psd1",
            """
            @{
                Alerts  = @{ Slack = @{ Webhook = 'env:ELTPS_PLANTED_WEBHOOK', 'file:webhook.txt'; On = 'Failure', 'Recovery', 'Success'; RepeatAfter = 0 } }
                Retries = 1; RetryDelay = 1
                Tables  = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' } )
            }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _environment.Dispose();
        await _slack.DisposeAsync();
        await _account.DisposeAsync();
    }

    [Theory]
    [InlineData("User = 'eltps'; PrivateKeyFile = 'eltps.p8'")]
    [InlineData("User = 'eltps'; Authenticator = 'OAUTH'; Token = 'env:ELTPS_PLANTED_TOKEN'")]
    public async Task No_byte_of_a_secret_is_left_or_shown(string signIn)
    {
        _account.SignIn = signIn;
        Run("Invoke-EltPipeline job.psd1 -Connection $connection -Verbose").Succeeded();
        _account.Server.Faults.On("CREATE OR REPLACE TABLE analytics.temp_t", Busy);
        Run("Invoke-EltPipeline job.psd1 -Connection $connection -Verbose").Succeeded();
        Interrupt();

        _slack.Refuse();
        _account.Server.Faults.On("CREATE OR REPLACE TABLE analytics.temp_t", Repeating(signIn), times: 2);
        Assert.Single(Run("Invoke-EltPipeline job.psd1 -Connection $connection -Verbose").Errors);
        Run("Get-EltRun job.psd1 | Send-EltSlackAlert -Verbose -PassThru");
        Run("Send-EltSlackAlert -Pending -Config job.psd1 -Verbose -PassThru");
        SendToTheAddress();
        await HeldAsync();
        AssertClean(waiting: 10);

        _slack.AcceptAgain();
        SendToTheAddress();
        Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume -Verbose").Succeeded();
        Run("Send-EltSlackAlert -Pending -Config job.psd1 -Verbose -PassThru").Succeeded();
        AssertClean(waiting: 0);
        Assert.Contains(_slack.Bodies, body => body.Contains("was interrupted", StringComparison.Ordinal));
        Assert.Contains(_slack.Bodies, body => body.Contains("*Attempt*\\n`2 of 2`", StringComparison.Ordinal));
    }

    [Fact]
    public void No_byte_of_an_address_is_shown_that_cannot_be_used()
    {
        _account.Folder.File("webhook.txt", $"http://hooks.slack.com/services/{InFile}");
        _environment.Set("ELTPS_PLANTED_WEBHOOK", InVariable);
        _environment.Set("ELTPS_PLANTED_ADDRESS", $"ftp://hooks.slack.com/{Given}");

        Run("Invoke-EltPipeline job.psd1 -Verbose; Send-EltSlackAlert 'x' -Config job.psd1 -PassThru");
        SendToTheAddress();

        AssertClean(waiting: 4);
    }

    // Snowflake may repeat what it was sent; a key never is.
    private static Fault.Status Repeating(string signIn) =>
        signIn.Contains("OAUTH", StringComparison.Ordinal) ? Busy with { Message = $"waiters exceed the limit near {Token}" } : Busy;

    private string Address(string secret) => $"{_slack.Address[..^"s3cr3tT0kenOfTheTests".Length]}{secret}tail";

    private ScriptRun Run(string script)
    {
        // With -Debug itself a warning would be a question.
        var run = _account.Run($"$DebugPreference = 'Continue'\n{script}");
        _runs.Add(run);
        return run;
    }

    private void SendToTheAddress() => Run(
        """
        Send-EltSlackAlert 'words' -Webhook $env:ELTPS_PLANTED_ADDRESS -Config job.psd1 -Verbose -PassThru
        $secure = [securestring]::new()
        foreach ($letter in $env:ELTPS_PLANTED_ADDRESS.ToCharArray()) { $secure.AppendChar($letter) }
        Send-EltSlackAlert 'words' -Webhook $secure -StatePath .eltps -Verbose -PassThru
        Send-EltSlackAlert 'words' -Webhook $env:ELTPS_PLANTED_ADDRESS, file:webhook.txt -Verbose -WhatIf
        """);

    // As a kill in the middle of the build leaves it.
    private void Interrupt()
    {
        var path = new RunHistory(State).Read(out _)[0].JournalPath;
        File.WriteAllLines(
            path,
            File.ReadAllLines(path)
                .TakeWhile(line =>
                    !line.Contains("stepFinished", StringComparison.Ordinal) || !line.Contains("Stage", StringComparison.Ordinal)));
        Assert.Equal(RunStatus.Interrupted, new RunHistory(State).Read(out _)[0].Status);
    }

    private async Task HeldAsync()
    {
        using var held = await PipelineLock.AcquireAsync(State, TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        Run("Invoke-EltPipeline job.psd1 -Connection $connection -Verbose")
            .FailedWith("EltRunHeld,EltPs.Commands.InvokeEltPipelineCommand");
    }

    private StateFolder State => StateFolder.For(_account.Folder.File("job.psd1"), statePath: null);

    private void AssertClean(int waiting)
    {
        var files = Directory.GetFiles(State.FullPath, "*", SearchOption.AllDirectories);
        Assert.Equal(waiting, files.Count(file => Path.GetDirectoryName(file) == State.PathOf("outbox")));
        var key = _account.Key.ExportPkcs8PrivateKeyPem().Split('\n').Where(line => !line.StartsWith('-') && line.Length > 0);
        string[] secrets = [InVariable, InFile, Given, Token, .. key];
        foreach (var needle in secrets.SelectMany(Forms))
        {
            Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(needle) < 0, $"It is in {file}."));
            Assert.All(_slack.Bodies, body =>
                Assert.True(Encoding.UTF8.GetBytes(body).AsSpan().IndexOf(needle) < 0, "It is in a message."));
        }

        // Every stream, and whatever can be reached from an object, which is more than Format-List shows.
        Assert.All(_runs.SelectMany(run => ObjectWalk.Texts(run)), text =>
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    // As somebody might write it down without meaning to.
    private static IEnumerable<byte[]> Forms(string secret) =>
    [
        Encoding.UTF8.GetBytes(secret),
        Encoding.Unicode.GetBytes(secret),
        Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^2]),
        Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)),
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))),
    ];
}
