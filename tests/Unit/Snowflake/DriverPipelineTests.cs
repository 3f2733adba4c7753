using System.Text.RegularExpressions;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>The sample's pipeline through the ADO.NET driver: the same tables, the same statements, the same errors.</summary>
public sealed partial class DriverPipelineTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline mau.psd1 -Connection $connection";
    private const string Token = "driver-token-5521";

    // The module's own types are not the tests' here, so a script says what it got.
    private const string Fail =
        $"$run = {Run} -ErrorAction SilentlyContinue -ErrorVariable failed; $e = $failed[0].Exception; "
            + "$run.Status; $e.Kind; $e.VendorCode; $e.SqlState; $e.QueryId; $e.Message";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ProcessEnvironment _environment = new(("ELTPS_TEST_TOKEN", Token));
    private readonly SnowflakeAccount _account = new() { Module = ModuleWithDriver.Cmdlets, SignIn = OAuth };

    public DriverPipelineTests() => _account.Server.SignIn.Accept("OAUTH", Token);

    private static string OAuth => "User = 'eltps'; Authenticator = 'OAUTH'; Token = 'env:ELTPS_TEST_TOKEN'; Driver = 'Snowflake.Data'";

    public async ValueTask DisposeAsync()
    {
        await _account.DisposeAsync();
        _environment.Dispose();
    }

    [Theory]
    [InlineData("first-publish")]
    [InlineData("steady-state")]
    [InlineData("zero-rows")]
    [InlineData("undo")]
    public void It_sends_the_statements_that_were_approved_for_the_SQL_API(string name)
    {
        var script = Run;
        if (name != "first-publish")
        {
            Given(Run);
        }

        if (name == "zero-rows")
        {
            _account.Catalogue.Run(
                "CREATE OR REPLACE TABLE raw_data.user_session_channel COPY GRANTS AS SELECT * FROM raw_data.user_session_channel WHERE 1 "
                    + "= 0");
            script += " -ErrorAction SilentlyContinue";
        }
        else if (name == "undo")
        {
            Given(Run);
            script = "Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo";
        }

        var before = _account.Server.Requests.Count;
        _account.Run(script);

        var sent = _account.Server.Requests.Skip(before).Where(request => request.IsSubmit && request.Statement != "SELECT 1");
        Approved.Matches(name, Approved.Text(sent).Replace("&async=true", string.Empty, StringComparison.Ordinal));
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public void Its_sessions_have_the_pipelines_time_zone_and_its_statements_their_tag_and_role()
    {
        _account.Replace("Tags        = @('ELT')", "TimeZone = 'Europe/Berlin'");

        Given(Run);

        Assert.All(_account.Submits.Where(request => request.Statement != "SELECT 1"), request =>
        {
            Assert.Contains("\"timezone\":\"Europe/Berlin\"", request.Body, StringComparison.Ordinal);
            Assert.StartsWith("""{"app":"EltPs","pipeline":"RunELT_Alert","run":""", request.QueryTag, StringComparison.Ordinal);
            Assert.Contains("\"role\":\"ELT\"", request.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_connection_says_how_it_signed_in()
    {
        var result = _account
            .Run("$t = Test-EltConnection $connection; $t.SignIn; $t.Account; $t.Role; $t.Warehouse; $t.Database; $t.Latency -gt 0")
            .Succeeded();

        Assert.Equal(["OAuth token, ADO.NET driver", "MYORG-MYACCOUNT", "ELT", "COMPUTE_WH", "PROD", true], result.Output);
    }

    [Fact]
    public void A_refused_statement_is_told_with_its_code_state_and_query()
    {
        _account.Replace("COUNT(DISTINCT B.userid)", "COUNT(DISTINCT nobody)");

        var output = _account.Run(Fail).Output;

        Assert.Equal(["Failed", "StatementFailed", "000904", "42000"], output.Take(4).Select(value => value.ToString()));
        Assert.True(Guid.TryParse((string)output[4], out _));
        Assert.Contains("analytics.mau_summary: stage failed", (string)output[5], StringComparison.Ordinal);
        Assert.Null(_account.Catalogue.Find("analytics.mau_summary"));
    }

    [Fact]
    public void A_refused_sign_in_is_told_as_one()
    {
        _account.Server.SignIn.Expire("OAUTH", Token);

        Assert.Equal(["Failed", "SignInFailed", "390318"], _account.Run(Fail).Output.Take(3).Select(value => value.ToString()));
        _account.Run("Test-EltConnection $connection").FailedWith("EltSignInFailed,EltPs.Commands.TestEltConnectionCommand");
    }

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE")]
    [InlineData("EXECUTE IMMEDIATE")]
    public void A_statement_that_takes_too_long_is_cancelled_in_Snowflake_and_told_as_a_timeout(string statement)
    {
        Given(Run);
        _account.Replace("MinimumRows = 1", "MinimumRows = 1; Timeout = 15");
        _account.Server.Faults.On(statement, new Fault.Hold());

        Assert.Equal(["Failed", "Timeout"], _account.Run(Fail).Output.Take(2).Select(value => value.ToString()));

        Assert.Contains(_account.Server.Requests, request => request.IsCancel);
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public async Task A_stop_cancels_the_statement_in_Snowflake()
    {
        Given(Run);
        _account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        using var session = new ScriptExecutor(_account.Folder.Path, _account.Module);
        using var shell = session.Create(_account.Script(Run));

        var work = shell.BeginInvoke();
        await _account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await shell.StopAsync(null, null).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.ThrowsAny<System.Management.Automation.PipelineStoppedException>(() => shell.EndInvoke(work));
        Assert.Contains(_account.Server.Requests, request => request.IsCancel);
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public async Task It_runs_in_a_process_of_its_own_with_a_version_of_a_package_that_the_module_has_too()
    {
        var script = _account.Script(
            $$"""
            {{Run}}
            Invoke-EltPipeline mau.psd1 -Connection {{_account.ConnectionWith("User = 'eltps'; PrivateKeyFile = 'eltps.p8'")}}
            Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo
            """);
        using var elt = EltProcess.Start(_account.Folder.Path, new Dictionary<string, string>(), [script], ModuleWithDriver.Host);

        var result = await elt.EndAsync();

        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        Assert.Equal(2, PublishedLine().Count(result.Output));

        // The driver says which version of Polly.Core it came to run with; the SQL API's client in between had that of the module.
        Assert.Equal(["EltPs", "Snowflake.Data"], Agents().Select(agent => agent.Split('/')[0]).Distinct().Order());
        Assert.Contains("Snowflake.Data/99.0.0.0", Agents());
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.DoesNotContain(Token, result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_of_the_process_cancels_the_statement_in_Snowflake()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        Given(Run);
        _account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        using var elt = EltProcess.Start(
            _account.Folder.Path,
            new Dictionary<string, string>(),
            [_account.Script(Run)],
            ModuleWithDriver.Host);

        await _account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await elt.SignalAsync("INT");

        Assert.Equal(130, (await elt.EndAsync()).ExitCode);
        Assert.Contains(_account.Server.Requests, request => request.IsCancel);
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public async Task Without_the_driver_the_error_says_what_works_and_how_to_add_it()
    {
        await using var account = new SnowflakeAccount { SignIn = OAuth };

        var run = account.Run(Run).FailedWith("EltDriverMissing,EltPs.Commands.InvokeEltPipelineCommand");
        var test = account.Run("Test-EltConnection $connection").FailedWith("EltDriverMissing,EltPs.Commands.TestEltConnectionCommand");

        Assert.All([run, test], error => Assert.Equal(
            $"Connection 'snowflake' needs the ADO.NET driver Snowflake.Data, which is not in "
                + $"{Path.Combine(BuiltModule.Folder, "drivers", "Snowflake.Data")}. "
            + "A key pair (SNOWFLAKE_JWT), an OAuth token (OAUTH) and a programmatic access token (PROGRAMMATIC_ACCESS_TOKEN) work without "
            + "it, over the SQL API. "
            + "To add it run ./build.ps1 SnowflakeDriver, or put Snowflake.Data.dll with its dependencies into that folder.",
            error.Exception.Message));
        Assert.Equal(System.Management.Automation.ErrorCategory.NotInstalled, test.CategoryInfo.Category);
        Assert.Empty(account.Server.Requests);
    }

    private IEnumerable<string> Agents() => _account.Server.Requests.Select(request => request.Headers["User-Agent"]);

    private void Given(string script) => _account.Run(script).Succeeded();

    [GeneratedRegex("RunELT_Alert +Succeeded")]
    private static partial Regex PublishedLine();
}
