using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("$null", 0)]
    [InlineData("return", 0)]
    [InlineData("try { throw 'x' } catch { 'handled' }", 0)]
    [InlineData("Import-Module nope -ErrorAction SilentlyContinue; 1", 0)]
    [InlineData("process { 1 }", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("throw [InvalidOperationException]::new('x')", 1)]
    [InlineData("Import-Module nope", 1)]
    [InlineData("[int]::Parse('x')", 1)]
    [InlineData("$x = (", 2)]
    [InlineData("No-SuchCommand", 2)]
    [InlineData("Get-Help -NoSuchParameter 1", 2)]
    [InlineData("Get-Module -ListAvailable:nonsense", 2)]
    [InlineData("throw [Management.Automation.ErrorRecord]::new([Exception]::new('held'), 'Held', 'ResourceBusy', $null)", 3)]
    [InlineData("throw [OperationCanceledException]::new()", 130)]
    [InlineData("exit 7", 7)]
    [InlineData("exit", 0)]
    public void A_scripts_end_decides_the_exit_code(string script, int code)
    {
        var result = EltInProcess.Run(script);

        Assert.True(code == result.ExitCode, $"{result.ExitCode} instead of {code}: {result.Errors}");
    }

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("exit 0", 0)]
    [InlineData("'done'", 0)]
    [InlineData("throw 'x'", 1)]
    public void A_script_files_end_decides_the_exit_code(string script, int code)
    {
        using var folder = new TemporaryFolder("a b");
        folder.File("job.ps1", script);

        Assert.Equal(code, EltInProcess.RunIn(folder.Path, "job.ps1").ExitCode);
    }

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("exit 7", 7)]
    public async Task The_process_ends_with_that_code(string script, int code) =>
        Assert.Equal(code, (await EltProcess.RunAsync(script)).ExitCode);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_pipeline_and_lets_it_clean_up(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        using var elt = EltProcess.Start(
            EltProcess.RepositoryRoot,
            "'started'; try { while ($true) { } } finally { [Console]::Error.WriteLine('cleaned up') }");
        Assert.Equal("started", await elt.LineAsync());

        await elt.SignalAsync(signal);
        var result = await elt.EndAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("cleaned up", result.Errors, StringComparison.Ordinal);
    }
}
