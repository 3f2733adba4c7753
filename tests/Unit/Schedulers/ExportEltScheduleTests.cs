using EltPs.Engine.Schedulers;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Schedulers;

public sealed class ExportEltScheduleTests : IDisposable
{
    // Some file that is there, so that nobody warns.
    private const string Shell = "-Shell Elt -ShellPath job.psd1";

    private readonly TemporaryFolder _folder = new("it's a [job]");

    public ExportEltScheduleTests() => WriteJob("job");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Cron", "job.cron")]
    [InlineData("SystemD", "eltps-job.service", "eltps-job.timer")]
    [InlineData("Jenkinsfile", "job.Jenkinsfile")]
    [InlineData("TaskScheduler", "job.task.xml")]
    public void A_file_lies_beside_the_pipeline_file_if_nobody_says_where(string format, params string[] names)
    {
        var export = Run($"Export-EltSchedule job.psd1 {format} {Shell}").Single<ExportedSchedule>();

        Assert.Equal(names.Select(_folder.File), export.Path);
        Assert.All(export.Path, path => Assert.True(File.Exists(path)));
        Assert.Equal("job", export.Pipeline);
        Assert.NotEmpty(export.Install);
    }

    [Theory]
    [InlineData("-Path out.txt -Format Cron", "out.txt")]
    [InlineData("-Path sub -Format Cron", "sub/job.cron")]
    [InlineData("-Path sub/ -Format Jenkinsfile", "sub/job.Jenkinsfile")]
    [InlineData("-Path nightly -Format SystemD", "nightly.service", "nightly.timer")]
    [InlineData("-Path sub/nightly.timer -Format SystemD", "sub/nightly.service", "sub/nightly.timer")]
    [InlineData("-Path sub -Format SystemD", "sub/eltps-job.service", "sub/eltps-job.timer")]
    public void Path_names_a_file_a_folder_or_units(string parameters, params string[] names)
    {
        Directory.CreateDirectory(_folder.File("sub"));

        var export = Run($"Export-EltSchedule job.psd1 {Shell} {parameters}").Single<ExportedSchedule>();

        Assert.Equal(names.Select(name => Path.GetFullPath(_folder.File(name))), export.Path);
    }

    [Fact]
    public void A_unit_has_a_name_that_systemd_accepts()
    {
        WriteJob("über 1");

        Assert.Equal(
            "eltps-_ber_1.service",
            Path.GetFileName(Run($"Export-EltSchedule 'über 1.psd1' SystemD {Shell}").Single<ExportedSchedule>().Path[0]));
        Run($"Export-EltSchedule job.psd1 SystemD -Path 'two words' {Shell}")
            .FailedWith("EltInvalidInput,EltPs.Commands.ExportEltScheduleCommand");
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_with_Force()
    {
        _folder.File("job.cron", "mine");

        Run($"Export-EltSchedule job.psd1 Cron {Shell}").FailedWith("EltFileExists,EltPs.Commands.ExportEltScheduleCommand");
        Assert.Equal("mine", File.ReadAllText(_folder.File("job.cron")));

        Run($"Export-EltSchedule job.psd1 Cron -Force {Shell}").Succeeded();
        Assert.NotEqual("mine", File.ReadAllText(_folder.File("job.cron")));
    }

    [Fact]
    public void Neither_unit_is_written_if_one_is_there()
    {
        _folder.File("eltps-job.timer", "mine");

        Run($"Export-EltSchedule job.psd1 SystemD {Shell}").FailedWith("EltFileExists,EltPs.Commands.ExportEltScheduleCommand");

        Assert.False(File.Exists(_folder.File("eltps-job.service")));
    }

    [Theory]
    [InlineData("-Path nowhere/job.cron")]
    [InlineData("-Path nowhere/")]
    public void A_folder_that_is_not_there_is_an_error_that_says_so(string path) => Assert.Contains(
        "nowhere does not exist; make it",
            Run($"Export-EltSchedule job.psd1 Cron {path} {Shell}")
                .FailedWith("EltFolderMissing,EltPs.Commands.ExportEltScheduleCommand")
                .ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("-Path job.psd1")]
    [InlineData("-Path sub/JOB.PSD1")]
    public void A_pipeline_file_is_never_replaced(string path)
    {
        Directory.CreateDirectory(_folder.File("sub"));
        var before = File.ReadAllText(_folder.File("job.psd1"));

        Run($"Export-EltSchedule job.psd1 Cron {path} -Force {Shell}")
            .FailedWith("EltInvalidInput,EltPs.Commands.ExportEltScheduleCommand");

        Assert.Equal(before, File.ReadAllText(_folder.File("job.psd1")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("sub")));
    }

    [Theory]
    [InlineData("-StatePath job.psd1", "EltInvalidInput", "give -StatePath a folder")]
    [InlineData("-StatePath env:PATH", "EltInvalidPipelineFile", "Environment has no files")]
    [InlineData("-Path env:PATH", "EltInvalidPipelineFile", "Environment has no files")]
    public void A_place_that_no_run_could_use_is_an_error_and_nothing_is_written(string parameter, string id, string message)
    {
        var error = Run($"Export-EltSchedule job.psd1 Cron {parameter} {Shell}")
            .FailedWith($"{id},EltPs.Commands.ExportEltScheduleCommand");

        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["job.psd1"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void WhatIf_shows_the_file_and_writes_none()
    {
        var run = Run($"Export-EltSchedule job.psd1 Cron {Shell} -WhatIf").Succeeded();

        Assert.Contains("# BEGIN EltPs eltps-job", run.HostText, StringComparison.Ordinal);
        Assert.Contains(" -Scheduled ", run.HostText, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(["job.psd1"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_pipeline_without_a_schedule_is_an_error_and_the_others_go_on()
    {
        WriteJob("by-hand", schedule: "");
        WriteJob("zzz");

        var run = Run($"Export-EltSchedule *.psd1 Cron {Shell}");

        Assert.Contains(
            "Add a Schedule such as '@daily'",
            run.FailedWith("EltNotScheduled,EltPs.Commands.ExportEltScheduleCommand").Exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(["job", "zzz"], run.Output.Cast<ExportedSchedule>().Select(export => export.Pipeline));
    }

    [Fact]
    public void Several_pipelines_do_not_share_a_file_even_with_Force()
    {
        WriteJob("zzz");

        var run = Run($"Export-EltSchedule *.psd1 Cron -Path all.cron -Force {Shell}");

        run.FailedWith("EltInvalidInput,EltPs.Commands.ExportEltScheduleCommand");
        Assert.Contains("job.psd1", File.ReadAllText(_folder.File("all.cron")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_come_through_the_pipeline()
    {
        WriteJob("zzz");

        Assert.Equal(2, Run($"'job.psd1', 'zzz.psd1' | Export-EltSchedule -Format Cron {Shell}").Succeeded().Output.Count);
    }

    [Fact]
    public void The_state_folder_and_the_zone_of_the_machine_can_be_chosen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no cron, and other paths.");
        Run($"Export-EltSchedule job.psd1 Cron -StatePath state -MachineTimeZone America/New_York {Shell}").Succeeded();

        var text = File.ReadAllText(_folder.File("job.cron"));
        Assert.Contains(
            Path.GetFileName(_folder.Path).Replace("'", @"'\'''\''", StringComparison.Ordinal) + "/state",
            text,
            StringComparison.Ordinal);
        Assert.Contains("America/New_York", text, StringComparison.Ordinal);
        Run($"Export-EltSchedule job.psd1 Cron -Force -MachineTimeZone Nowhere {Shell}")
            .FailedWith("EltInvalidInput,EltPs.Commands.ExportEltScheduleCommand");
    }

    [Fact]
    public void PowerShell_imports_the_module_that_it_would_not_find()
    {
        Run("Export-EltSchedule job.psd1 SystemD -Shell PowerShell -ShellPath job.psd1").Succeeded();

        var line = File.ReadAllLines(_folder.File("eltps-job.service"))
            .Single(text => text.StartsWith("ExecStart=", StringComparison.Ordinal));
        Assert.Contains("\"-NoProfile\" \"-NonInteractive\" \"-Command\" \"Import-Module '", line, StringComparison.Ordinal);
        Assert.Contains("EltPs.psd1'; Invoke-EltPipeline -Config '", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executable_that_is_not_here_is_a_warning() =>
        Assert.Contains(Run("Export-EltSchedule job.psd1 Jenkinsfile -Shell Elt -ShellPath /opt/elt/none").Succeeded().Warnings, warning =>
            warning.Contains("no such file", StringComparison.Ordinal));

    [Fact]
    public void Without_elt_its_path_must_be_given() =>
        Assert.Contains(
            "-ShellPath",
            Run("Export-EltSchedule job.psd1 Cron -Shell Elt")
                .FailedWith("EltInvalidInput,EltPs.Commands.ExportEltScheduleCommand")
                .Exception.Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Within_elt_the_elt_that_runs_is_started()
    {
        var result = await EltProcess.RunInAsync(_folder.Path, "Export-EltSchedule job.psd1 Jenkinsfile");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains(
            EltProcess.Executable.Replace(@"\", @"\\", StringComparison.Ordinal),
            await File.ReadAllTextAsync(_folder.File("job.Jenkinsfile"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_named_and_never_written()
    {
        WriteJob("job", more: "; Alerts = @{ Slack = @{ Webhook = 'env:ELTPS_TESTS_HOOK' } }");

        foreach (var format in SchedulerFormats.All)
        {
            var export = Run(
                    $"$env:ELTPS_TESTS_HOOK = 'https://hooks.slack.com/services/SECRET'; Export-EltSchedule job.psd1 {format} {Shell}")
                .Single<ExportedSchedule>();
            var text = string.Concat(export.Path.Select(File.ReadAllText));
            Assert.Contains("ELTPS_TESTS_HOOK", text, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Format_and_Shell_are_completed()
    {
        using var session = new ScriptExecutor(_folder.Path);

        Assert.Equal(
            ["Cron", "Jenkinsfile", "SystemD", "TaskScheduler"],
            session.Complete("Export-EltSchedule job.psd1 -Format ").Order(StringComparer.Ordinal));
        Assert.Equal(["Elt", "PowerShell"], session.Complete("Export-EltSchedule job.psd1 -Shell ").Order(StringComparer.Ordinal));
    }

    private void WriteJob(string name, string schedule = "@daily", string more = "") => _folder.File(
        $"{name}.psd1",
            $"@{{ Name = '{name}'{(schedule.Length == 0 ? "" : $"; Schedule = '{schedule}'")}{more}; Tables = @( @{{ Schema = 'analytics'; "
                + $"Table = 't'; Sql = 'SELECT 1 AS n' }} ) }}");

    private ScriptRun Run(string script) => ScriptExecutor.RunIn(_folder.Path, script);
}
