using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;
using EltPs.Objects;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Test-EltSchedule in a real session, with runs on a real database and a webhook over loopback HTTP.</summary>
public sealed class TestEltScheduleTests : IAsyncDisposable
{
    private const string Late = "EltRunLate,EltPs.Commands.TestEltScheduleCommand";
    private const string Run = "$null = Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue; ";

    // The interval is last year, so that no clock that strikes midnight changes a test.
    private const string Yearly = $"Schedule = '@yearly'; {AlertJob.Alerts}";
    private readonly AlertJob _job = new();

    public TestEltScheduleTests() => _job.Write("SELECT 1 AS n", Yearly);

    private IReadOnlyList<string> Titles => [.. _job.Messages.Select(message => message["text"]!.GetValue<string>().Split(':')[0])];

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Fact]
    public void A_run_that_succeeded_is_no_error_and_looking_writes_nothing()
    {
        _job.Run(Run).Succeeded();
        var before = _job.Job.Snapshot();

        var result = _job.Run("Test-EltSchedule job.psd1 -Alert").Single<ScheduleTestResult>();

        Assert.Equal((DueStatus.Succeeded, false), (result.Status, result.IsLate));
        Assert.NotNull(result.RunId);
        Assert.Equal(before, _job.Job.Snapshot());
        Assert.Empty(_job.Server.Bodies);
    }

    [Fact]
    public void A_run_that_never_happened_is_an_object_and_an_error_that_names_the_command()
    {
        var run = _job.Run("Test-EltSchedule job.psd1");

        var error = run.FailedWith(Late);
        var result = Assert.IsType<ScheduleTestResult>(Assert.Single(run.Output));
        Assert.Equal(DueStatus.Missed, result.Status);
        Assert.Same(result, EltObject.Unwrap(error.TargetObject));
        Assert.StartsWith("job: The run for ", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($" To run it: {result.RunCommand}", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"There is no state folder {_job.Job.State}", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_job.Job.State.FullPath));

        // The command does what it says.
        _job.Run($"$null = {result.RunCommand}; Test-EltSchedule job.psd1 -Quiet").Succeeded();
    }

    [Fact]
    public void Another_state_folder_is_looked_at_and_named()
    {
        _job.Run("$null = Invoke-EltPipeline job.psd1 -StatePath elsewhere").Succeeded();

        Assert.Contains(".eltps", Assert.Single(_job.Run("Test-EltSchedule job.psd1 -Quiet").Warnings), StringComparison.Ordinal);
        Assert.Empty(_job.Run("Test-EltSchedule job.psd1 -StatePath elsewhere").Succeeded().Warnings);
    }

    [Fact]
    public void A_run_that_failed_tells_its_error_and_the_command_that_resumes_it()
    {
        _job.Write("SELECT 1 AS n WHERE false", Yearly);
        _job.Run(Run);

        var run = _job.Run("Test-EltSchedule job.psd1");

        var result = Assert.IsType<ScheduleTestResult>(Assert.Single(run.Output));
        Assert.Contains("0 rows in analytics.temp_t", run.FailedWith(Late).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("-Resume", result.ResumeCommand, StringComparison.Ordinal);
        _job.Write("SELECT 1 AS n", Yearly);
        Assert.Equal([true], _job.Run($"$null = {result.ResumeCommand}; Test-EltSchedule job.psd1 -Quiet").Succeeded().Output);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_late_and_told_once()
    {
        var dead = await DeadRun.KilledAsync(_job, Yearly);

        var run = _job.Run("Test-EltSchedule job.psd1 -Alert");

        Assert.Equal(dead.RunId, Assert.IsType<ScheduleTestResult>(Assert.Single(run.Output)).RunId);
        Assert.Contains("ended without saying how in step stage", run.FailedWith(Late).ToString(), StringComparison.Ordinal);
        _job.Run($"Test-EltSchedule job.psd1 -Alert -Quiet; {Run}").Succeeded();
        Assert.Equal(["job is late", "job recovered"], Titles);
    }

    [Theory]
    [InlineData("Invoke-EltPipeline job.psd1 -Connection other.duckdb", "", false)]
    [InlineData("Invoke-EltPipeline job.psd1 -Connection other.duckdb", "-Connection other.duckdb", true)]
    [InlineData("Invoke-EltPipeline job.psd1 -Table t", "", false)]
    [InlineData("Invoke-EltPipeline job.psd1 -LogicalDate 2020-01-01", "", false)]
    [InlineData("Invoke-EltPipeline job.psd1 -Scheduled", "", true)]
    public void Only_a_whole_run_of_the_last_due_interval_on_the_same_connection_counts(string command, string options, bool isFine)
    {
        _job.Job.Keys = "; Schedule = '@yearly'";
        _job.Job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT 2 AS n"));

        Assert.Equal([isFine], _job.Run($"$null = {command}; Test-EltSchedule job.psd1 {options} -Quiet").Succeeded().Output);
    }

    [Fact]
    public void Quiet_is_true_or_false_and_no_error_but_bad_input_still_is_one()
    {
        Assert.Equal(
            [false, true],
            _job.Run($"Test-EltSchedule job.psd1 -Quiet; {Run}; Test-EltSchedule job.psd1 -Quiet").Succeeded().Output);

        _job.Write("SELECT 1 AS n");
        var run = _job.Run("Test-EltSchedule job.psd1 -Quiet");
        Assert.Empty(run.Output);
        Assert.Contains(
            "job has no Schedule",
            run.FailedWith("EltNotScheduled,EltPs.Commands.TestEltScheduleCommand").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_go_on_after_one_that_is_not_valid()
    {
        _job.Job.WriteText("bad.psd1", "@{ Tabels = @() }");
        _job.Job.Write("hand", ("t", "SELECT 1 AS n"));

        var run = _job.Run("Test-EltSchedule *.psd1");

        Assert.Equal("job", Assert.IsType<ScheduleTestResult>(Assert.Single(run.Output)).Pipeline);
        Assert.Equal(
            ["EltInvalidPipelineFile", "EltNotScheduled", "EltRunLate"],
            run.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("-Grace 0", DueStatus.Missed)]
    [InlineData("-Grace 7.00:00:00", DueStatus.Missed)]
    public void Grace_is_a_duration(string grace, DueStatus status) =>
        Assert.Equal(
            status,
            Assert
                .IsType<ScheduleTestResult>(
                    Assert.Single(_job.Run($"Test-EltSchedule job.psd1 {grace} -ErrorAction SilentlyContinue").Output))
                .Status);

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("8.00:00:00")]
    public void Grace_is_nothing_else(string grace) =>
        _job.Run($"Test-EltSchedule job.psd1 -Grace '{grace}'")
            .FailedWith("ParameterArgumentTransformationError,EltPs.Commands.TestEltScheduleCommand");

    [Fact]
    public void A_scheduler_sees_by_the_exit_code_whether_it_is_late()
    {
        _job.Job.Write("hand", ("t", "SELECT 1 AS n"));

        Assert.Equal(1, EltInProcess.RunIn(_job.Job.Folder, "Test-EltSchedule", "job.psd1").ExitCode);
        Assert.Equal(2, EltInProcess.RunIn(_job.Job.Folder, "Test-EltSchedule", "hand.psd1").ExitCode);
        _job.Run(Run).Succeeded();
        var shown = EltInProcess.RunIn(_job.Job.Folder, "Test-EltSchedule", "job.psd1");
        Assert.Equal(0, shown.ExitCode);
        Assert.Matches(@"job  Succeeded  run \d{8}T\d{6}Z-[0-9a-f]{6}\s+The run for \d{4}-01-01 00:00 ", shown.Output);
    }

    [Fact]
    public void What_is_late_is_seen_whole()
    {
        var shown = EltInProcess.RunIn(_job.Job.Folder, "Test-EltSchedule job.psd1 -ErrorAction SilentlyContinue");

        Assert.Matches(@"job  Missed  late since \d{4}-01-01 01:00", shown.Output);
        // The screen breaks long lines, and where it does depends on the zone.
        Assert.Contains(
            "See whether the scheduler starts this pipeline.".Replace(" ", "", StringComparison.Ordinal),
            string.Concat(shown.Output.Where(sign => !char.IsWhiteSpace(sign))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-EltSchedule job.psd1 -StatePath env:PATH", "TestEltScheduleCommand")]
    [InlineData("Test-EltSchedule env:PATH", "TestEltScheduleCommand")]
    [InlineData("Test-EltPipeline env:PATH", "TestEltPipelineCommand")]
    [InlineData("Invoke-EltPipeline job.psd1 -StatePath env:PATH", "InvokeEltPipelineCommand")]
    [InlineData("Get-EltRun job.psd1 -StatePath env:PATH", "GetEltRunCommand")]
    public void A_path_on_a_drive_without_files_is_an_error(string script, string command) =>
        Assert.Contains(
            "Environment has no files",
            _job.Run(script).FailedWith($"EltInvalidPipelineFile,EltPs.Commands.{command}").ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void Alert_tells_once_and_the_next_success_recovers()
    {
        _job.Run($"1..2 | ForEach-Object {{ Test-EltSchedule job.psd1 -Alert -ErrorAction SilentlyContinue }}; {Run}{Run}").Succeeded();

        Assert.Equal(["job is late", "job recovered"], Titles);
        Assert.Contains("-Scheduled", _job.Server.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_that_look_at_once_one_tells()
    {
        using var first = EltProcess.Start(_job.Job.Folder, "Test-EltSchedule job.psd1 -Alert -Quiet");
        using var second = EltProcess.Start(_job.Job.Folder, "Test-EltSchedule job.psd1 -Alert -Quiet");
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Errors));
        Assert.Equal(["job is late"], Titles);
    }

    [Fact]
    public void WhatIf_shows_what_would_be_told_and_tells_nobody()
    {
        var run = _job.Run("Test-EltSchedule job.psd1 -Alert -WhatIf -Quiet").Succeeded();

        Assert.Contains("job is late: its run never happened", run.HostText, StringComparison.Ordinal);
        Assert.Empty(_job.Server.Bodies);
        Assert.False(Directory.Exists(_job.Job.State.FullPath));
    }

    [Theory]
    [InlineData("Schedule = '@yearly'", "the file has no Alerts, so -Alert sends nothing")]
    [InlineData(
        "Schedule = '@yearly'; Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt'; On = 'Failure' } }",
        "On does not name 'Late', so -Alert sends nothing")]
    [InlineData(
        "Schedule = '@yearly'; Alerts = @{ Slack = @{ Webhook = 'env:ELTPS_TESTS_NO_WEBHOOK' } }",
        "env:ELTPS_TESTS_NO_WEBHOOK: there is no such environment variable")]
    public void Where_nobody_can_be_told_a_warning_says_so(string keys, string warning)
    {
        _job.Write("SELECT 1 AS n", keys);

        var run = _job.Run("Test-EltSchedule job.psd1 -Alert -Quiet").Succeeded();

        Assert.Contains(run.Warnings, text => text.Contains(warning, StringComparison.Ordinal));
        Assert.Empty(_job.Server.Bodies);
        Assert.False(Directory.Exists(_job.Job.State.FullPath));
    }

    [Fact]
    public void Without_Alert_nobody_is_told()
    {
        _job.Run("Test-EltSchedule job.psd1").FailedWith(Late);

        Assert.Empty(_job.Server.Bodies);
    }

    [Theory]
    [InlineData("Test-EltSchedule job.psd1 -ErrorAction SilentlyContinue | Send-EltSlackAlert -ErrorAction Stop")]
    [InlineData("try { Test-EltSchedule job.psd1 -ErrorAction Stop } catch { $_ | Send-EltSlackAlert -ErrorAction Stop }")]
    public void By_hand_the_judgement_and_its_error_tell_the_same(string script)
    {
        var run = _job.Run(script);

        Assert.Null(run.Terminating);
        Assert.Equal(["job is late"], Titles);
        Assert.Contains("*Interval*", _job.Message, StringComparison.Ordinal);
    }
}
