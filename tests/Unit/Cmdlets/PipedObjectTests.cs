using System.Management.Automation;
using System.Reflection;
using EltPs.Errors;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>What each cmdlet writes, piped to each cmdlet that reads from the pipeline: it is meant, or it is refused.</summary>
public sealed class PipedObjectTests : IDisposable
{
    private const string Run = "Invoke-EltPipeline -WhatIf";
    private const string Resume = "Invoke-EltPipeline -Resume -WhatIf";
    private const string Scheduled = "Invoke-EltPipeline -Scheduled -WhatIf";
    private const string Export = "Export-EltSchedule -Format Cron -Shell Elt -ShellPath job.psd1 -Path out.cron -WhatIf";
    private const string Stage = "Invoke-EltCtas -WhatIf";
    private const string Count = "Test-EltRowCount";
    private const string Publish = "Switch-EltTable -WhatIf";
    private const string Undo = "Switch-EltTable -Undo -WhatIf";
    private const string Connect = "Test-EltConnection";
    private const string Send = "Send-EltSlackAlert -Webhook env:ELTPS_TESTS_NO_WEBHOOK -WhatIf";

    private static readonly string[] Readers = ["Test-EltPipeline", "Get-EltTable", "Test-EltSchedule", "Get-EltRun"];

    private static readonly string[] All =
        [Run, Resume, Scheduled, .. Readers, Export, Stage, Count, Publish, Undo, Connect, Send];

    // The object was understood, and what it asks for cannot be done now: one undo forecloses another one's.
    private static readonly string[] Understood = ["EltUndoRefused", "EltNotScheduled", "EltPipelineNotValid"];

    /// <summary>For each type its objects, by the variable of the script below, and what may follow them.</summary>
    private static readonly (string Type, string Variable, string[] Meant)[] Objects =
    [
        ("EltTable", "table", [Stage, Publish, Undo]),
        ("EltStagedTable", "staged", [Count]),
        ("EltVerifiedTable", "verified", [Publish, Undo]),
        ("EltVerifiedTable", "switched", [Publish, Undo]),
        ("EltPublishedTable", "published", [Undo]),
        ("EltRunResult", "result", [Resume, .. Readers, Undo, Send]),
        ("EltJournaledRun", "run", [Resume, .. Readers, Undo, Send]),
        ("PipelineTestResult", "tested", [Run, Resume, Scheduled, .. Readers]),
        ("PipelineTestResult", "notValid", Readers),
        ("EltScheduleTest", "judged", [Resume, Scheduled, .. Readers, Send]),
        ("EltExportedSchedule", "exported", []),
        ("EltConnection", "connection", [Connect]),
        ("ConnectionTestResult", "connected", []),
        ("EltAlertDelivery", "delivery", []),
        ("FileInfo", "file", [Run, Resume, Scheduled, .. Readers, Export]),
        ("Boolean", "answer", []),
    ];

    private readonly Job _job = new("; Schedule = '@daily'; StartDate = '2025-01-10'", [("t", "SELECT 1 AS n")]);
    private readonly ScriptExecutor _session;

    public PipedObjectTests() => _session = _job.Session();

    public void Dispose()
    {
        _session.Dispose();
        _job.Dispose();
    }

    [Fact]
    public void Every_type_that_a_cmdlet_writes_is_in_the_table()
    {
        var written = typeof(ErrorTable).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(output => output.Type)
            .Where(type => type?.Namespace?.StartsWith("EltPs", StringComparison.Ordinal) == true)
            .Select(type => type!.Name);

        Assert.Empty(written.Except(Objects.Select(row => row.Type), StringComparer.Ordinal));
    }

    [Fact]
    public void Each_cmdlet_takes_what_is_meant_for_it_and_refuses_the_rest()
    {
        _job.WriteText("notvalid.psd1", "@{ Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT nonsense' } ) }");
        _session.Run(
            """
            $result = Invoke-EltPipeline job.psd1 -Scheduled
            $table = (Get-EltTable job.psd1)[0]
            $switched = $table | Invoke-EltCtas | Test-EltRowCount
            $published = $switched | Switch-EltTable
            $run = @(Get-EltRun job.psd1)[0]
            $tested = Test-EltPipeline job.psd1
            $judged = Test-EltSchedule job.psd1
            $exported = Export-EltSchedule job.psd1 Cron -Shell Elt -ShellPath job.psd1
            $connection = Get-EltConnection duckdb -Config job.psd1
            $connected = Test-EltConnection -Config job.psd1
            $file = New-EltPipeline new
            $answer = $true
            $staged = $table | Invoke-EltCtas
            $verified = $staged | Test-EltRowCount
            """).Succeeded();
        _session.Run(
            "$notValid = Test-EltPipeline notvalid.psd1; $delivery = Send-EltSlackAlert x -Webhook env:ELTPS_TESTS_NO_WEBHOOK -PassThru");
        var before = _job.Snapshot();

        var wrong = new List<string>();
        foreach (var (type, variable, meant) in Objects)
        {
            Assert.NotNull(_session.Variable(variable));
            foreach (var command in All)
            {
                var run = _session.Run($"${variable} | {command}");
                var error = run.Terminating ?? (run.Errors.Count > 0 ? run.Errors[0] : null);
                var isTaken = error is null || Understood.Contains(error.FullyQualifiedErrorId.Split(',')[0]);
                if (meant.Contains(command) != isTaken)
                {
                    wrong.Add($"{type} | {command}: {error?.ToString() ?? "was taken"}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, _job.Snapshot());
    }

    [Theory]
    [InlineData("$run | Invoke-EltPipeline", "to resume it, add -Resume; to run its pipeline once more, name the file: -Config '")]
    [InlineData("$first | Invoke-EltPipeline -Resume", "which is not the last one")]
    [InlineData("(Get-EltTable job.psd1) | Invoke-EltPipeline", "which Invoke-EltCtas takes")]
    public void What_is_refused_says_what_to_type(string script, string advice)
    {
        _job.Write(("t", "SELECT nonsense"));
        _session.Run("$first = Invoke-EltPipeline job.psd1; $run = Invoke-EltPipeline job.psd1");

        var error = Assert.Single(_session.Run(script).Errors);

        Assert.Equal("EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand", error.FullyQualifiedErrorId);
        Assert.Contains(advice, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, _session.Run("Get-EltRun").Output.Count);
    }

    [Fact]
    public void A_run_that_was_serialized_is_refused_too()
    {
        _session.Run(
            "$run = Invoke-EltPipeline job.psd1; $copy = [Management.Automation.PSSerializer]::Deserialize("
                + "[Management.Automation.PSSerializer]::Serialize($run))").Succeeded();

        var error = Assert.Single(_session.Run("$copy | Invoke-EltPipeline").Errors);
        Assert.Contains("add -Resume", error.Exception.Message, StringComparison.Ordinal);
        Assert.Single(_session.Run("Get-EltRun").Output);
    }

    [Fact]
    public void A_run_that_failed_is_resumed_from_the_pipeline()
    {
        _job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT nonsense"));
        _session.Run("$failed = Invoke-EltPipeline job.psd1");
        _job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT 2 AS n"));

        var resumed = _session.Run("$result = $failed | Invoke-EltPipeline -Resume; $result.ResumedFrom -eq $failed.RunId").Succeeded();

        Assert.Equal([true], resumed.Output);
    }

    [Fact]
    public void Rows_with_the_columns_of_the_parameters_are_staged_published_and_undone()
    {
        var run = _session.Run(
            """
            $rows = 1, 2 | & { process {
                [pscustomobject]@{ Schema = 'a'; Table = "t$_"; Sql = "SELECT $_ AS n"; Connection = 'csv.duckdb' }
            } }
            $null = $rows | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable
            $rows | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable
            $rows | Switch-EltTable -Undo -Connection csv.duckdb
            """).Succeeded();

        Assert.Equal(["a.t1", "a.t2", "a.t1", "a.t2"], run.Output.Select(table => table.ToString()));
    }

    [Fact]
    public void Tables_and_runs_are_undone_on_the_connection_that_is_named()
    {
        _session.Run("1, 2 | & { process { $null = Invoke-EltPipeline job.psd1 -Connection other.duckdb } }").Succeeded();

        Assert.Single(_session.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo -Connection other.duckdb").Succeeded().Output);
        _session.Run("$run = Invoke-EltPipeline job.psd1 -Connection other.duckdb").Succeeded();
        Assert.Single(_session.Run("$run | Switch-EltTable -Undo -Connection other.duckdb").Succeeded().Output);
    }
}
