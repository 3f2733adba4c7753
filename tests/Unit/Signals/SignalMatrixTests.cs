using System.Globalization;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Soak;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Signals;

/// <summary>A signal to whatever runs a pipeline, while a statement runs in the warehouse.</summary>
public sealed class SignalMatrixTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static TheoryData<string> Cases => Rounds.Cases(SignalCase.Names, 6, "a signal for each host");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_signal_cancels_the_run_and_its_statement_and_ends_the_host(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        var signal = SignalCase.Parse(name);
        await (signal.Warehouse == "DuckDB" ? OnDuckDbAsync(signal) : OnSnowflakeAsync(signal));
    }

    private static async Task OnDuckDbAsync(SignalCase signal)
    {
        using var job = new Job(("first", "SELECT 1 AS n"), ("endless", LongQuery.Sql));
        LongQuery.Prepare(job.Database);
        using var run = signal.Shell.Start(job.Folder, Script($"Invoke-EltPipeline job.psd1 -Verbose{Exit(signal)} *>&1"));
        var process = await ProcessAsync(run);
        while (await run.LineAsync() is { } line
            && !(line.StartsWith("analytics.first", StringComparison.Ordinal) && line.Contains("publish", StringComparison.Ordinal)))
        {
            // The next statement is the endless one.
        }

        await EndAsync(run, process, signal);

        Assert.Equal("Cancelled", Status(job.Folder, "job.psd1"));
        Assert.Equal(["analytics.first", LongQuery.Source], job.Database.Names());
        job.Write(("first", "SELECT 2 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["2"], job.Database.Rows("SELECT n FROM analytics.first"));
    }

    private static async Task OnSnowflakeAsync(SignalCase signal)
    {
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        using var run = signal.Shell.Start(
            account.Folder.Path,
            account.Script(Script($"Invoke-EltPipeline mau.psd1 -Connection $connection{Exit(signal)}")));
        var process = await ProcessAsync(run);
        await account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await EndAsync(run, process, signal);

        Assert.Contains(
            account.Server.Requests,
            request => request.Statement?.Contains("SYSTEM$CANCEL_QUERY", StringComparison.Ordinal) == true);
        Assert.Equal(0, account.Server.Running);
        Assert.Equal("Cancelled", Status(account.Folder.Path, "mau.psd1"));
        Assert.Null(account.Catalogue.Find("analytics.mau_summary"));
        account.Run("Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();
    }

    private static string Script(string run) => $"\"process $PID\"; {run} | ForEach-Object {{ \"$_\" }}; 'what follows'";

    private static string Exit(SignalCase signal) => signal.Exit ? " -Exit" : string.Empty;

    // PowerShell itself, which under the tool's launcher is not the process that was started.
    private static async Task<int> ProcessAsync(EltProcess run) =>
        int.Parse((await run.LineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task EndAsync(EltProcess run, int process, SignalCase signal)
    {
        await run.SignalAsync(signal.Signal);
        if (signal.Shell.IsLauncher && signal.Signal == "INT")
        {
            // A terminal sends it to both.
            await EltProcess.SignalAsync(process, signal.Signal);
        }

        // To the end of the output, which PowerShell holds also when its launcher has gone.
        var result = await run.EndAsync();

        Assert.Contains(result.ExitCode, signal.ExitCodes);
        Assert.DoesNotContain("what follows", result.Output, StringComparison.Ordinal);
    }

    private static string Status(string folder, string config) =>
        ScriptExecutor.RunIn(folder, $"\"$((Get-EltRun {config}).Status)\"").Succeeded().Output[0].ToString()!;
}
