using System.Diagnostics;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>
/// What Export-EltSchedule wrote starts a run on this machine, from a folder whose name has all that shells and schedulers take for their
/// own.
/// </summary>
public sealed class StartedScheduleTests : IDisposable
{
    // Debian's checks with -n, cronie with -T.
    private static readonly string[] CheckOptions = ["-n", "-T"];

    private readonly TemporaryFolder _folder = new("-it's 50% $HOME \"ü\" #x;&`!");
    public StartedScheduleTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither cron nor systemd.");
        _folder.File(
            "job.psd1",
            "@{ Schedule = '@daily'; TimeZone = 'Europe/Berlin'; Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 42 AS n' "
                + "} ) }");
    }

    private string State => _folder.File("state 'x' 100%");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_of_a_crontab_runs_what_is_due_and_the_next_start_does_nothing()
    {
        var lines = await CrontabAsync();
        Assert.True(lines.Count >= 2);

        foreach (var line in lines)
        {
            var result = await ScheduledProcess.ShellAsync(ScheduledProcess.CronCommand(line), "/");
            Assert.True(result.ExitCode == 0, result.Errors);
            Assert.Equal(string.Empty, result.Output);
        }

        AssertRanOnce();
    }

    [Fact]
    public async Task A_cron_that_leaves_the_backslash_to_the_shell_runs_it_too()
    {
        var line = (await CrontabAsync())[0];

        var result = await ScheduledProcess.ShellAsync(line.Split(' ', 6)[5], "/");

        Assert.True(result.ExitCode == 0, result.Errors);
        AssertRanOnce();
    }

    [Fact]
    public async Task A_service_runs_what_is_due_and_the_next_start_does_nothing()
    {
        await ExportAsync("SystemD");
        var unit = await File.ReadAllTextAsync(_folder.File("eltps-job.service"), TestContext.Current.CancellationToken);

        for (var start = 0; start < 2; start++)
        {
            var result = await ScheduledProcess.ServiceAsync(unit, "/");
            Assert.True(result.ExitCode == 0, result.Errors);
        }

        AssertRanOnce();
    }

    [Fact]
    public async Task A_run_that_fails_ends_the_line_of_a_crontab_with_its_exit_code()
    {
        var line = (await CrontabAsync())[0];
        _folder.File(
            "job.psd1",
            "@{ Schedule = '@daily'; Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 42 AS n WHERE false' } ) }");

        var result = await ScheduledProcess.ShellAsync(ScheduledProcess.CronCommand(line), "/");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 rows", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_step_of_a_Jenkinsfile_runs_what_is_due_and_leaves_its_results_in_the_workspace()
    {
        await ExportAsync("Jenkinsfile");
        var step = (await File.ReadAllLinesAsync(_folder.File("job.Jenkinsfile"), TestContext.Current.CancellationToken)).Single(line =>
            line.Contains("sh(returnStatus", StringComparison.Ordinal));
        var script = GroovyLiteral.Read(step[(step.IndexOf("script: ", StringComparison.Ordinal) + "script: ".Length)..]);
        using var workspace = new TemporaryFolder("work space");
        workspace.File("eltps-job.xml", "of the build before");

        var result = await ScheduledProcess.ShellAsync(script, workspace.Path, ("WORKSPACE", workspace.Path));

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains(
            "analytics.t",
            await File.ReadAllTextAsync(workspace.File("eltps-job.xml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        AssertRanOnce();
    }

    [Fact]
    public async Task Installing_a_crontab_again_replaces_its_block_and_leaves_the_other_lines()
    {
        _folder.File(
            "bin/crontab",
            "#!/bin/sh\nif [ \"$1\" = -l ]; then cat \"$HOME/tab\"; else cat > \"$HOME/new\" && mv \"$HOME/new\" \"$HOME/tab\"; fi\n");
        Assert.Equal(0, (await ScheduledProcess.ShellAsync("chmod 500 bin/crontab", _folder.Path)).ExitCode);
        _folder.File("tab", "X=1\n0 1 * * * mine\n");
        await ExportAsync("Cron");
        var text = await File.ReadAllTextAsync(_folder.File("job.cron"), TestContext.Current.CancellationToken);
        var install = text.Split('\n').Single(line => line.EndsWith("| crontab -", StringComparison.Ordinal)).TrimStart('#', ' ');

        for (var time = 0; time < 2; time++)
        {
            var result = await ScheduledProcess.ShellAsync($"PATH=\"$HOME/bin:$PATH\"; {install}", _folder.Path);
            Assert.True(result.ExitCode == 0, result.Errors);
        }

        Assert.Equal(
            "X=1\n0 1 * * * mine\n" + text,
            await File.ReadAllTextAsync(_folder.File("tab"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_units()
    {
        Assert.SkipWhen(SystemdAnalyze.Missing is not null, SystemdAnalyze.Missing ?? string.Empty);
        await ExportAsync("SystemD");

        var (code, output) = await SystemdAnalyze.VerifyAsync(_folder.File("eltps-job.service"), _folder.File("eltps-job.timer"));

        // It looks at units of the machine as well, and may complain of them.
        Assert.DoesNotContain("eltps-job", output, StringComparison.Ordinal);
        Assert.True(code == 0 || output.Length > 0);
    }

    [Fact]
    public async Task Cron_finds_nothing_wrong_with_the_crontab()
    {
        await ExportAsync("Cron");
        const string Crontab = "/usr/bin/crontab";
        Assert.SkipUnless(File.Exists(Crontab), "This machine has no crontab.");

        var outputs = new List<string>();
        foreach (var option in CheckOptions)
        {
            using var process = Process.Start(
                new ProcessStartInfo(Crontab, [option, _folder.File("job.cron")])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                })!;
            outputs.Add(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (process.ExitCode == 0)
            {
                return;
            }
        }

        Assert.SkipWhen(
            outputs.TrueForAll(output =>
                output.Contains("invalid option", StringComparison.Ordinal)
                || output.Contains("unrecognized option", StringComparison.Ordinal)),
            "This machine's crontab checks nothing.");
        Assert.Fail(string.Concat(outputs));
    }

    private async Task<List<string>> CrontabAsync()
    {
        await ExportAsync("Cron");
        return
        [
            .. (await File.ReadAllLinesAsync(_folder.File("job.cron"), TestContext.Current.CancellationToken)).Where(line =>
                line.Length > 0 && line[0] != '#'),
        ];
    }

    private async Task ExportAsync(string format)
    {
        var result = await EltProcess.RunInAsync(_folder.Path, $"Export-EltSchedule job.psd1 {format} -StatePath 'state ''x'' 100%'");
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    private void AssertRanOnce()
    {
        // A connection string cannot hold such a path.
        using var plain = new TemporaryFolder();
        File.Copy(_folder.File("job.duckdb"), plain.File("copy.duckdb"));
        Assert.Equal(["42"], new DatabaseFile(plain.File("copy.duckdb")).Rows("SELECT n FROM analytics.t"));
        Assert.False(Directory.Exists(_folder.File(".eltps")));
        Assert.Single(Directory.EnumerateFiles(State, "*.jsonl", SearchOption.AllDirectories), path =>
            Path.GetFileName(Path.GetDirectoryName(path)) == "runs");
    }
}
