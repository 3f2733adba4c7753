using System.Diagnostics;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Signals;

/// <summary>What the module does about signals, and what it leaves alone.</summary>
public sealed class StopSignalTests
{
    private const string Run = "Invoke-EltPipeline mau.psd1 -Connection $connection";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("TERM", "HUP")]
    [InlineData("INT", "TERM")]
    public async Task The_second_signal_says_that_it_is_waited_for_and_the_third_ends_the_process_at_once(string signal, string second)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        using var job = new Job(("t", "SELECT * FROM read_csv('pipe')"));
        using (var make = Process.Start("mkfifo", [Path.Combine(job.Folder, "pipe")]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // DuckDB waits for what the other end of a pipe writes, and hears of nothing meanwhile. Both ends are opened at once.
        using var run = PowerShellHost.Command.Start(job.Folder, "Invoke-EltPipeline job.psd1", joinsStreams: true);
        await using var pipe = await Task.Run(
            () => new FileStream(Path.Combine(job.Folder, "pipe"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite),
            TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        // Two different ones: of two that are alike and come at once, the system delivers one.
        await run.SignalAsync(signal);
        await run.SignalAsync(second);
        while (await run.LineAsync() is { } line && !line.Contains("waiting for the running statement", StringComparison.Ordinal))
        {
            // What the run has written before.
        }

        await run.SignalAsync(signal);

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task After_a_run_PowerShell_ends_as_it_always_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        using var job = new Job(("t", "SELECT 1 AS n"));
        using var run = PowerShellHost.Command.Start(
            job.Folder,
            "$null = Invoke-EltPipeline job.psd1 6>$null; 'ran'; try { while ($true) { } } finally { 'cleaned up' }");
        Assert.Equal("ran", await run.LineAsync());

        await run.SignalAsync("TERM");
        var result = await run.EndAsync();

        Assert.Equal((143, string.Empty), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_cmdlet_of_one_step_is_cancelled_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        using var run = PowerShellHost.Command.Start(
            account.Folder.Path,
            account.Script("Get-EltTable mau.psd1 -Connection $connection | Invoke-EltCtas | Test-EltRowCount; 'what follows'"));
        await account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await run.SignalAsync("TERM");
        var result = await run.EndAsync();

        Assert.Equal((143, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal(0, account.Server.Running);
    }

    [Fact]
    public async Task A_closed_terminal_stops_a_run_as_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        using var run = PowerShellHost.Command.Start(account.Folder.Path, account.Script(Run + " -Exit"));
        await account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await run.SignalAsync("HUP");

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
        Assert.Equal(0, account.Server.Running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_under_nohup_goes_on_when_its_terminal_is_closed(bool isElt)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says which signals a process ignores.");
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());
        var host = isElt ? PowerShellHost.Elt : PowerShellHost.Command;
        using var run = (host with { Program = "nohup", Before = [host.Program] }).Start(account.Folder.Path, account.Script(Run + " -Exit"));
        await account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await run.SignalAsync("HUP");
        await account.Server.ReleaseAsync();
        var result = await run.EndAsync();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(12, account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public async Task A_run_goes_on_when_the_shell_that_started_it_has_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such shell.");
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("CREATE OR REPLACE TABLE", new Fault.Hold());

        // PowerShell of the tool, started without its launcher.
        var host = PowerShellHost.ToolCommand with
        {
            Program = "sh",
            Before = ["-c", "\"$0\" \"$@\" & wait $!", PowerShellTool.Dotnet, PowerShellTool.Library],
        };
        using var shell = host.Start(account.Folder.Path, account.Script(Run + " -Exit"));
        await account.Server.Held.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await shell.SignalAsync("TERM");
        await account.Server.ReleaseAsync();
        var result = await shell.EndAsync();

        Assert.Equal(143, result.ExitCode);
        Assert.Contains("Succeeded", result.Output, StringComparison.Ordinal);
        Assert.Equal(12, account.Rows("analytics.mau_summary"));
    }
}
