using System.Text.Json.Nodes;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Reports;

public sealed class ResultFileTests : IDisposable
{
    private readonly ResultFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void The_document_of_a_run_says_what_its_journal_says()
    {
        _results.Job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT nonsense"), ("v", "SELECT 3 AS n"));

        _results.Run($"Invoke-EltPipeline job.psd1 {ResultFolder.Both}").FailedWith("EltStatementFailed" + ResultFolder.Cmdlet);

        var document = Assert.Single(_results.Json()["runs"]!.AsArray())!;
        var journal = Assert.Single(new RunHistory(_results.Job.State).Read(out _));
        Assert.Equal(
            (journal.RunId, journal.Pipeline, journal.Path, journal.ConnectionName, journal.ConnectionType, "Failed"),
            (Text("runId"), Text("pipeline"), Text("path"), Text("connection"), Text("connectionType"), Text("status")));
        Assert.Equal(
            (journal.Host, journal.ProcessId, journal.JournalPath),
            (Text("host"), (int)document["processId"]!, Text("journalPath")));
        Assert.Equal(
            (journal.StartedAt, journal.Duration!.Value.TotalSeconds),
            ((DateTimeOffset)document["startedAt"]!, (double)document["seconds"]!));
        Assert.Equal(ResumeCommand.Of(journal), Text("resumeCommand"));
        var error = document["error"]!;
        Assert.Equal(
            (journal.ErrorKind.ToString(), journal.Message, journal.FailedTable, journal.FailedStep.ToString()),
            ((string)error["kind"]!, (string)error["message"]!, (string)error["table"]!, (string)error["step"]!));
        Assert.Equal("EltStatementFailed", (string)error["id"]!);

        // The journal names a generation before it is built, the document when it is.
        Assert.Equal(
            journal.Tables.Select(table =>
                (
                    table.Table,
                    table.Status.ToString(),
                    table.StageTime is null ? null : table.Generation,
                    table.Rows,
                    table.Attempts,
                    table.StageTime?.TotalSeconds,
                    table.CheckTime?.TotalSeconds,
                    table.PublishTime?.TotalSeconds)),
            document["tables"]!
                .AsArray()
                .Select(table =>
                    (
                        (string)table!["name"]!,
                        (string)table["status"]!,
                        (string?)table["generation"],
                        (long?)table["rows"],
                        (int)table["attempts"]!,
                        Seconds(table, "stage"),
                        Seconds(table, "check"),
                        Seconds(table, "publish"))));

        string Text(string name) => (string)document[name]!;
        static double? Seconds(JsonNode table, string step) => (double?)table[$"{step}Seconds"];
    }

    [Fact]
    public void Several_files_are_one_document_each_with_its_run_or_its_error()
    {
        _results.Job.Write("a", ("t", "SELECT 1 AS n"));
        _results.Job.WriteText("b.psd1", "@{ Tabels = @() }");
        _results.Job.Write("c", ("t", "SELECT 1 AS n WHERE false"), ("u", "SELECT 1 AS n"));

        var run = _results.Run($"Invoke-EltPipeline [abc].psd1, nowhere*.psd1, nodrive:/x.psd1 {ResultFolder.Both}");

        Assert.Equal(["a Succeeded", "c Failed"], _results.Runs());
        Assert.Equal(
            ["b.psd1 EltInvalidPipelineFile", "nowhere*.psd1 EltPipelineFileMissing", "x.psd1 EltPipelineFileMissing"],
            _results.Errors());
        var errors = _results.Json()["errors"]!;
        Assert.Equal(
            [Path.Combine(_results.Job.Folder, "b.psd1"), Path.Combine(_results.Job.Folder, "nowhere*.psd1"), "nodrive:/x.psd1"],
            errors.AsArray().Select(error => (string)error!["path"]!));
        Assert.Equal(run.Errors[0].Exception.Message, (string)errors[0]!["message"]!);
        Assert.Equal("Failed", (string)_results.Json()["status"]!);
        Assert.Equal(
            [
                "a: run passed",
                "a: analytics.t passed",
                "a: analytics.t row count passed",
                "c: run passed",
                "c: analytics.t skipped",
                "c: analytics.t row count failure",
                "c: analytics.u skipped",
                "c: analytics.u row count skipped",
                "b: run error",
                "nowhere*: run error",
                "x: run error",
            ],
            _results.Cases());
    }

    [Fact]
    public void The_files_of_the_last_invocation_stay_as_they_are_until_all_runs_have_ended()
    {
        _results.Job.Write("other", ("t", "SELECT 2 AS n"));
        _results.Job.WriteText("results/of/elt.json", "those of the last time");

        var seen = _results
            .Run(
                $"& {{ 'job.psd1'; $global:seen = [IO.File]::ReadAllText(\"$pwd/results/of/elt.json\"); 'other.psd1' }} | "
                    + $"Invoke-EltPipeline {ResultFolder.Both}; $seen")
            .Succeeded()
            .Output;

        Assert.Equal("those of the last time", seen[^1]);
        Assert.Equal(["job Succeeded", "other Succeeded"], _results.Runs());
    }

    [Theory]
    [InlineData("job.psd1 -StartAt nowhere", "EltTableNotFound")]
    [InlineData("job.psd1 -LogicalDate 2025-01-10", "EltNotScheduled")]
    public void What_keeps_a_file_from_its_run_is_in_the_files(string parameters, string id)
    {
        _results.Run($"Invoke-EltPipeline {parameters} {ResultFolder.Both}").FailedWith(id + ResultFolder.Cmdlet);

        Assert.Equal([$"job.psd1 {id}"], _results.Errors());
        Assert.Equal(["job: run error"], _results.Cases());
        Assert.Empty(_results.Runs());
    }

    [Fact]
    public async Task A_pipeline_that_another_run_holds_is_in_the_files_and_the_others_run()
    {
        _results.Job.Write("other", ("t", "SELECT 2 AS n"));
        using var held = await PipelineLock.AcquireAsync(
            _results.Job.State,
            TimeSpan.Zero,
            TimeProvider.System,
            TestContext.Current.CancellationToken);

        _results.Run($"Invoke-EltPipeline job.psd1, other.psd1 {ResultFolder.Both}").FailedWith("EltRunHeld" + ResultFolder.Cmdlet);

        Assert.Equal(["job.psd1 EltRunHeld"], _results.Errors());
        Assert.Equal(["other Succeeded"], _results.Runs());
    }

    [Fact]
    public void A_resume_that_is_refused_is_in_the_files_and_one_with_nothing_to_do_says_why()
    {
        _results.Job.Write(("t", "SELECT nonsense"));
        _results.Run($"Invoke-EltPipeline job.psd1 {ResultFolder.Both}");
        _results
            .Run($"Invoke-EltPipeline job.psd1 -Resume -Connection other.duckdb {ResultFolder.Both}")
            .FailedWith("EltResumeRefused" + ResultFolder.Cmdlet);
        Assert.Equal(["job.psd1 EltResumeRefused"], _results.Errors());
        _results.Job.Write(("t", "SELECT 1 AS n"));
        _results.Run($"Invoke-EltPipeline job.psd1 -Resume {ResultFolder.Both}").Succeeded();
        Assert.NotNull((string?)_results.Json()["runs"]![0]!["resumedFrom"]);

        _results.Run($"Invoke-EltPipeline job.psd1 -Resume {ResultFolder.Both}").Succeeded();

        Assert.Equal("NothingToDo", (string)_results.Json()["status"]!);
        Assert.StartsWith("job: there is no run to resume", (string)_results.Json()["runs"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(["job: run passed"], _results.Cases());
    }

    [Fact]
    public void A_run_without_a_journal_is_in_the_files_all_the_same()
    {
        _results.Job.WriteText(".eltps", "in the way of the state folder");

        _results.Run($"Invoke-EltPipeline job.psd1 {ResultFolder.Both}").Succeeded();

        var run = Assert.Single(_results.Json()["runs"]!.AsArray())!;
        Assert.Null(run["journalPath"]);
        Assert.Equal(1, (long)run["tables"]![0]!["rows"]!);
    }

    [Fact]
    public void A_run_that_was_declined_is_cancelled()
    {
        using var session = _results.Job.Session();
        session.Answers.Enqueue(2);

        session.Run($"Invoke-EltPipeline job.psd1 -Confirm {ResultFolder.Both}").FailedWith("EltCancelled" + ResultFolder.Cmdlet);

        Assert.Equal("Cancelled", (string)_results.Json()["status"]!);
        Assert.Equal("EltCancelled", (string)_results.Json()["runs"]![0]!["error"]!["id"]!);
        Assert.Contains(" error", string.Join('\n', _results.Cases()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1 AS n WHERE false", "EltTooFewRows")]
    [InlineData(null, "EltInvalidPipelineFile")]
    public void An_error_that_ends_the_script_does_not_keep_the_files_from_being_written(string? sql, string id)
    {
        _results.Job.Write("a", ("t", "SELECT 1 AS n"));
        if (sql is null)
        {
            _results.Job.WriteText("job.psd1", "@{ Tabels = @() }");
        }
        else
        {
            _results.Job.Write(("t", sql));
        }

        _results
            .Run($"Invoke-EltPipeline a.psd1, job.psd1, a.psd1 {ResultFolder.Both} -ErrorAction Stop")
            .FailedWith(id + ResultFolder.Cmdlet);

        Assert.Equal(sql is null ? ["a Succeeded"] : ["a Succeeded", "job Failed"], _results.Runs());
        Assert.Equal(sql is null ? ["job.psd1 EltInvalidPipelineFile"] : [], _results.Errors());
    }

    [Fact]
    public void A_plan_writes_nothing_and_makes_no_folder()
    {
        var before = _results.Job.Snapshot();

        _results.Job.Run($"Invoke-EltPipeline job.psd1 {ResultFolder.Both} -WhatIf").Succeeded();

        Assert.Equal(before, _results.Job.Snapshot());
    }

    [Theory]
    [InlineData("-ResultPath .", "That is a folder.")]
    [InlineData("-JUnitPath 'results/'", "That is a folder.")]
    [InlineData("-ResultPath job.psd1/x/elt.json", "job.psd1")]
    [InlineData("-ResultPath job.psd1", "That is the name of a pipeline file.")]
    [InlineData("-ResultPath nodrive:/elt.json", "nodrive")]
    [InlineData("-ResultPath one.json -JUnitPath ./one.json", "-ResultPath names the same file.")]
    public void A_path_that_cannot_be_written_is_an_error_before_anything_runs(string parameters, string why)
    {
        var error = _results.Job.Run($"Invoke-EltPipeline job.psd1 {parameters}").FailedWith("EltInvalidResultPath" + ResultFolder.Cmdlet);

        Assert.Equal(System.Management.Automation.ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains("nothing was run", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_results.Job.Database.Path));
        Assert.Empty(Directory.GetFiles(_results.Job.Folder, "*.json*"));
    }

    [Fact]
    public void The_place_of_devices_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such place.");

        _results.Job.Run("Invoke-EltPipeline job.psd1 -ResultPath /dev/stdout").FailedWith("EltInvalidResultPath" + ResultFolder.Cmdlet);
    }

    [Fact]
    public void A_file_that_cannot_be_written_at_the_end_hides_neither_the_runs_nor_the_other_file()
    {
        var run = _results.Job.Run(
            $"& {{ $null = [IO.Directory]::CreateDirectory(\"$pwd/results/of/elt.json\"); 'job.psd1' }} | Invoke-EltPipeline "
                + $"{ResultFolder.Both}");

        var error = run.FailedWith("EltResultNotWritten" + ResultFolder.Cmdlet);
        Assert.Contains(_results.JsonPath, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        Assert.Equal(["job: run passed", "job: analytics.t passed", "job: analytics.t row count passed"], _results.Cases());
        Assert.Equal([_results.JUnitPath], Directory.GetFiles(Path.GetDirectoryName(_results.JsonPath)!));
    }
}
