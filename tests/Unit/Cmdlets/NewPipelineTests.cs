using System.Text.RegularExpressions;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Tests.PipelineFiles;
using EltPs.Tests.Support;
using EltPs.Validation;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>The file that a new user begins with.</summary>
public sealed partial class NewPipelineTests : IDisposable
{
    private const string Command = "EltPs.Commands.NewEltPipelineCommand";

    private readonly TemporaryFolder _folder = new("it's a [job]");

    public static TheoryData<string> FileKeys => [.. PipelineFileReader.Keys(new WarehouseRegistry())];

    public static TheoryData<string> TableKeys => [.. TableListReader.Keys(new WarehouseRegistry().TableOptions())];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_is_valid_and_runs_as_it_is()
    {
        var file = Run("New-EltPipeline sales.psd1").Single<FileInfo>();

        Assert.Equal(_folder.File("sales.psd1"), file.FullName);
        Assert.True(Run("Test-EltPipeline sales.psd1 -Quiet").Single<bool>());
        var run = Run("Invoke-EltPipeline sales.psd1").Single<RunResult>();
        Assert.Equal((RunStatus.Succeeded, "sales", 1L), (run.Status, run.Pipeline, run.Tables.Single().Rows));
        Assert.Equal(["42"], new DatabaseFile(_folder.File("sales.duckdb")).Rows("SELECT answer FROM analytics.example"));
    }

    [Fact]
    public void It_says_which_two_lines_to_edit()
    {
        var lines = Written("New-EltPipeline sales").Split('\n');

        Assert.Contains("edit the two lines behind (1) and (2)", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("Table = ", Behind("# (1)"), StringComparison.Ordinal);
        Assert.StartsWith("Sql = ", Behind("# (2)"), StringComparison.Ordinal);

        string Behind(string mark) =>
            lines[Array.FindIndex(lines, line => line.TrimStart().StartsWith(mark, StringComparison.Ordinal)) + 1].Trim();
    }

    [Theory]
    [MemberData(nameof(FileKeys))]
    public void Every_key_that_a_file_may_have_is_in_it_on_a_line_of_its_own(string key) =>
        Assert.Matches($@"(?m)^    (?:# )?{key} = ", Written("New-EltPipeline sales"));

    [Theory]
    [MemberData(nameof(TableKeys))]
    public void Every_key_that_a_table_may_have_is_in_it(string key) => Assert.Matches($@"\b{key} = ", Written("New-EltPipeline sales"));

    [Theory]
    [InlineData("")]
    [InlineData(" -Schedule '@daily'")]
    [InlineData(" -Schedule '@daily' -StartDate '2031-05-01 06:00' -Schema '\"my db\".s' -Table '\"My Table\"'")]
    public void Each_key_behind_a_sign_can_be_taken_in(string parameters)
    {
        var lines = Written($"New-EltPipeline sales{parameters}").Split('\n');
        var keys = Enumerable.Range(0, lines.Length).Where(line => Unused().IsMatch(lines[line])).ToList();

        Assert.True(keys.Count >= 16, $"Only {keys.Count} keys are behind a sign.");
        foreach (var key in keys)
        {
            var taken = lines.ToArray();
            taken[key] = Unused().Replace(lines[key], "$1$2");
            using var file = new PipelineFile(string.Join('\n', taken));
            _ = file.Load();
        }

        using var all = new PipelineFile(string.Join('\n', lines.Select(line => Unused().Replace(line, "$1$2"))));
        _ = all.Load();
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("$(throw 'x') `$y ${z}")]
    [InlineData("‘’‚‛ “ ”")]
    [InlineData("'@ ; @{ } # }")]
    public void A_hostile_name_is_a_text_like_any_other(string name)
    {
        var script =
            $"New-EltPipeline sales -Name '{name.Replace("'", "''", StringComparison.Ordinal).Replace("‘", "‘‘", StringComparison.Ordinal).Replace("’", "’’", StringComparison.Ordinal).Replace("‚", "‚‚", StringComparison.Ordinal).Replace("‛", "‛‛", StringComparison.Ordinal)}'";
        Run(script).Succeeded();

        Assert.Equal(name, Run("Test-EltPipeline sales.psd1").Single<PipelineTestResult>().Pipeline);
    }

    [Theory]
    [InlineData("it's ’my’ $(file) {0}")]
    [InlineData("# sales")]
    public void A_hostile_file_name_is_one_too(string name)
    {
        using var session = new ScriptExecutor(_folder.Path);
        session.Run($"New-EltPipeline \"{name.Replace("$", "`$", StringComparison.Ordinal)}\"").Succeeded();

        using var file = new PipelineFile(File.ReadAllText(_folder.File($"{name}.psd1")));
        Assert.Equal(name, file.Load().Name);
    }

    [Theory]
    [InlineData("-Name \"a`nb\"", "EltInvalidPipelineFile", "Name has a line break")]
    [InlineData("-Schedule 'now and then'", "EltInvalidPipelineFile", "Schedule 'now and then' is no cron expression")]
    [InlineData("-StartDate '10/01/2025'", "EltInvalidPipelineFile", "StartDate '10/01/2025' is no date; write 'yyyy-MM-dd'")]
    [InlineData("-Table 'my table'", "EltInvalidName", "quote any other inside the text")]
    [InlineData("-Schema 'a.b.c'", "EltInvalidName", "make no table name")]
    public void What_no_file_can_say_is_an_error_and_nothing_is_written(string parameters, string id, string message)
    {
        var error = Run($"New-EltPipeline sales {parameters}").FailedWith($"{id},{Command}");

        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("sales.txt", "EltInvalidPipelineFile", "ends with .psd1, and this ends with .txt")]
    [InlineData("nowhere/sales.psd1", "EltFolderMissing", "does not exist; make it")]
    [InlineData(".", "EltInvalidPipelineFile", "this is a folder")]
    [InlineData("*.psd1", "EltInvalidPipelineFile", "choose a name without them")]
    [InlineData("sales?", "EltInvalidPipelineFile", "choose a name without them")]
    [InlineData("nodrive:/sales.psd1", "EltInvalidPipelineFile", "nodrive")]
    [InlineData("env:sales", "EltInvalidPipelineFile", "Environment has none")]
    public void A_path_that_is_none_of_a_pipeline_file_is_a_clear_error(string path, string id, string message) =>
        Assert.Contains(message, Run($"New-EltPipeline '{path}'").FailedWith($"{id},{Command}").ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_there_is_replaced_with_Force_only()
    {
        _folder.File("sales.psd1", "mine");

        Assert.Contains("-Force", Run("New-EltPipeline sales").FailedWith($"EltFileExists,{Command}").ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.File("sales.psd1")));

        Run("New-EltPipeline sales -Force").Succeeded();
        Assert.Contains("Name = 'sales'", File.ReadAllText(_folder.File("sales.psd1")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        var run = Run("New-EltPipeline sales -WhatIf").Succeeded();

        Assert.Contains("Write a pipeline file", run.HostText, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_schedule_begins_today_in_the_files_zone_unless_told()
    {
        var before = DateTime.UtcNow.Date;
        var first = Read(Written("New-EltPipeline sales -Schedule '0 6 * * 1-5'")).Schedule;
        var after = DateTime.UtcNow.Date;

        Assert.Equal("0 6 * * 1-5", first.Expression);
        Assert.InRange(first.StartDate!.Value, before, after);
        Assert.Equal(new DateTime(2025, 1, 10), Read(Written("New-EltPipeline other -StartDate 2025-01-10")).Schedule.StartDate);
        Assert.Equal("@daily", Read(Written("New-EltPipeline third")).Schedule.Expression);
    }

    [Fact]
    public void The_file_is_plain_UTF8_with_line_feeds()
    {
        Run("New-EltPipeline sales -Name 'Ü'").Succeeded();

        var bytes = File.ReadAllBytes(_folder.File("sales.psd1"));
        Assert.Equal((byte)'#', bytes[0]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'\n', bytes[^1]);
    }

    private static PipelineDefinition Read(string text)
    {
        using var file = new PipelineFile(text);
        return file.Load();
    }

    private string Written(string script) => File.ReadAllText(Run(script).Single<FileInfo>().FullName);

    private ScriptRun Run(string script) => ScriptExecutor.RunIn(_folder.Path, script);

    [GeneratedRegex(@"^(\s*)# ([A-Z]\w+ = )")]
    private static partial Regex Unused();
}
