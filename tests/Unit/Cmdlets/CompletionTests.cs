using System.Management.Automation;
using System.Reflection;
using EltPs.Engine.Journal;
using EltPs.Errors;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class CompletionTests : IDisposable
{
    private readonly Job _job = new("; Tags = 'nightly'", [("orders", "SELECT 1 AS n"), ("users", "SELECT 1 AS n")]);
    private readonly ScriptExecutor _session;

    public CompletionTests() => _session = _job.Session();

    public void Dispose()
    {
        _session.Dispose();
        _job.Dispose();
    }

    [Theory]
    [InlineData("Invoke-EltPipeline job.psd1 -Connection ")]
    [InlineData("Get-EltTable job.psd1 -Connection ")]
    [InlineData("Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1' -Connection ")]
    [InlineData("Switch-EltTable -Schema a -Table t -Connection ")]
    public void Connection_offers_the_embedded_one_and_the_database_files_of_the_current_folder(string line)
    {
        _job.WriteText("sales.duckdb", "");
        _job.WriteText("two words.duckdb", "");

        Assert.Equal(["duckdb", "sales.duckdb", "'two words.duckdb'"], _session.Complete(line));
        Assert.Equal(["sales.duckdb"], _session.Complete($"{line}sa"));
        Assert.Equal(["'two words.duckdb'"], _session.Complete($"{line}'two"));
    }

    [Fact]
    public void Table_offers_the_tables_of_the_file_that_Config_names()
    {
        Assert.Equal(["analytics.orders", "analytics.users"], _session.Complete("Get-EltTable -Config job.psd1 -Table "));
        Assert.Equal(["analytics.users"], _session.Complete("Get-EltTable job.psd1 -Table us"));
        Assert.Empty(_session.Complete("Get-EltTable -Config missing.psd1 -Tag "));
    }

    [Theory]
    [InlineData("Get-EltTable -Table us")]
    [InlineData("Invoke-EltPipeline -StartAt us")]
    [InlineData("Invoke-EltPipeline job -StartAt us")]
    [InlineData("Invoke-EltPipeline . -Table us")]
    public void Without_Config_the_only_pipeline_file_of_the_folder_is_meant(string line) =>
        Assert.Equal(["analytics.users"], _session.Complete(line));

    [Theory]
    [InlineData("Invoke-EltPipeline ")]
    [InlineData("Invoke-EltPipeline -Config ")]
    [InlineData("Get-EltRun -Config ")]
    [InlineData("Export-EltSchedule -Config ")]
    [InlineData("Test-EltConnection -Config ")]
    [InlineData("Get-EltConnection -Config ")]
    [InlineData("Send-EltSlackAlert -Config ")]
    public void Config_offers_pipeline_files_first_then_folders_then_other_psd1_files(string line)
    {
        _job.WriteText("a data.psd1", "@{ x = 1 }");
        _job.WriteText("connections.psd1", "@{ dev = @{ Type = 'DuckDb'; Path = 'dev.duckdb' } }");
        _job.WriteText("Mine.psd1", "@{ ModuleVersion = '1.0' }");
        _job.WriteText("broken.psd1", "@{ Tables = @(");
        _job.WriteText("sub/inner.psd1", "@{ Tables = @() }");
        _job.WriteText("job.duckdb", "");

        Assert.Equal(["broken.psd1", "job.psd1", "sub", "'a data.psd1'"], _session.Complete(line));
        Assert.Equal(["job.psd1"], _session.Complete($"{line}JO"));
        Assert.Equal(["sub/inner.psd1"], _session.Complete($"{line}sub/"));
    }

    [Fact]
    public void Logical_dates_are_the_intervals_that_are_over_the_newest_first()
    {
        _job.Keys = "; Schedule = '@daily'; StartDate = '2025-01-10'; EndDate = '2025-01-13'";
        _job.Write(("t", "SELECT 1 AS n"));

        string[] due = ["2025-01-13", "2025-01-12", "2025-01-11", "2025-01-10"];
        Assert.Equal(due, _session.Complete("Invoke-EltPipeline job.psd1 -LogicalDate "));
        Assert.Equal(due, _session.Complete("Get-EltTable job.psd1 -LogicalDate "));
        Assert.Equal(due, _session.Complete("Invoke-EltPipeline -From "));
        Assert.Equal(due[..2], _session.Complete("Invoke-EltPipeline -From 2025-01-12 -To "));
        Assert.Equal(["2025-01-13"], _session.Complete("Invoke-EltPipeline -LogicalDate 2025-01-13"));
        Assert.All(due, date => _session.Run($"Invoke-EltPipeline job.psd1 -LogicalDate {date} -WhatIf").Succeeded());
    }

    [Fact]
    public void A_schedule_within_the_day_has_times()
    {
        _job.Keys = "; Schedule = '0 */6 * * *'; StartDate = '2025-01-10 06:00'; EndDate = '2025-01-10 18:00'";
        _job.Write(("t", "SELECT 1 AS n"));

        Assert.Equal(
            ["'2025-01-10 18:00'", "'2025-01-10 12:00'", "'2025-01-10 06:00'"],
            _session.Complete("Invoke-EltPipeline -LogicalDate "));
    }

    [Fact]
    public void Variable_offers_a_table_for_each_variable_of_the_file_that_can_be_used_as_it_is()
    {
        _job.Keys = "; Variables = @{ country = 'D''E'; least = 3; days = @('a', 2); day = '2025-01-10' }";
        _job.Write(("t", "SELECT {{ country }} AS c, {{ least }} AS l, {{ day }} AS d"));

        var offered = _session.Complete("Invoke-EltPipeline -Variable ");

        Assert.Equal(
            ["@{ country = 'D''E' }", "@{ day = '2025-01-10' }", "@{ days = @('a', 2) }", "@{ least = 3 }"],
            offered);
        Assert.All(offered, value => _session.Run($"Get-EltTable job.psd1 -Variable {value}").Succeeded());
    }

    [Fact]
    public void Schedules_zones_and_days_are_offered_with_what_they_mean()
    {
        Assert.Contains("'@daily'", _session.Complete("New-EltPipeline x -Schedule "));
        Assert.Equal(["'0 6 * * *'", "'0 6 * * 1-5'", "'0 6 1 * *'"], _session.Complete("New-EltPipeline x -Schedule '0 6"));
        Assert.Contains("Europe/Berlin", _session.Complete("Export-EltSchedule job.psd1 Cron -MachineTimeZone berl"));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", _session.Complete("Get-EltRun -Since ")[0]);
        foreach (var schedule in _session.Complete("New-EltPipeline x -Schedule "))
        {
            _session.Run($"New-EltPipeline new -Schedule {schedule} -Force").Succeeded();
        }
    }

    [Theory]
    [InlineData("Invoke-EltCtas")]
    [InlineData("Switch-EltTable")]
    public void Schema_and_Table_are_those_of_the_pipeline_files_here(string cmdlet)
    {
        _job.WriteText("other.psd1", "@{ Tables = @( @{ Schema = 'mart'; Table = '\"my table\"'; Sql = 'SELECT 1 AS n' } ) }");
        _job.WriteText("broken.psd1", "@{ Tables = @(");

        Assert.Equal(["analytics", "mart"], _session.Complete($"{cmdlet} -Schema "));
        Assert.Equal(["orders", "users"], _session.Complete($"{cmdlet} -Schema analytics -Table "));
        Assert.Equal(["'\"my table\"'"], _session.Complete($"{cmdlet} -Table my"));
    }

    [Theory]
    [InlineData("-Resume", "Scheduled, LogicalDate, From, To, StartAt, Table, Tag")]
    [InlineData("-Scheduled", "Resume, LogicalDate, From, To, StartAt, Table, Tag")]
    [InlineData("-LogicalDate 2025-01-10", "Resume, Scheduled, From, To")]
    [InlineData("-From 2025-01-10", "Resume, Scheduled, LogicalDate, StartAt")]
    [InlineData("-Tag x", "Resume, Scheduled")]
    [InlineData("-StartAt x", "Resume, Scheduled, From, To")]
    public void Only_parameters_that_can_follow_are_offered(string given, string not)
    {
        var offered = _session.Complete($"Invoke-EltPipeline job.psd1 {given} -");

        Assert.Contains("-StatePath", offered);
        Assert.Empty(offered.Intersect(not.Split(", ").Select(name => $"-{name}")));
    }

    [Theory]
    [InlineData("nodrive:/x")]
    [InlineData("nowhere/")]
    [InlineData("'[['")]
    [InlineData("'*['")]
    [InlineData("broken.psd1")]
    [InlineData("env:")]
    [InlineData("\"`0\"")]
    public void A_completer_is_silent_about_what_it_cannot_read_and_writes_nothing(string config)
    {
        _job.WriteText("broken.psd1", "@{ Tables = @(");
        var before = _job.Snapshot();

        foreach (var parameter in new[] { "LogicalDate", "From", "To", "Variable", "Table", "Tag", "StartAt" })
        {
            _session.Complete($"Invoke-EltPipeline -Config {config} -{parameter} ");
            var written = _session.Run("$Error.Count").Output;
            Assert.Equal([0], written);
        }

        _session.Complete($"Invoke-EltPipeline -Config {config}");
        Assert.Equal(before, _job.Snapshot());
    }

    public static TheoryData<string, string> NamesOfPipelines =>
        [
            .. Parameters(property => property.Name is "Table" or "Tag" or "StartAt" or "Connection")
        .Where(pair => pair.Property.Name == "Connection" || HasConfig(pair.Property.DeclaringType!))
        .Select(pair => (pair.Cmdlet, pair.Property.Name))];

    public static TheoryData<string, string> Choices =>
        [.. Parameters(property => Choice(property) is not null).Select(pair => (pair.Cmdlet, pair.Property.Name))];

    [Theory]
    [MemberData(nameof(NamesOfPipelines))]
    public void What_a_pipeline_file_names_is_completed_wherever_it_is_asked_for(string cmdlet, string parameter)
    {
        var property = Parameters(property => property.Name == parameter).Single(pair => pair.Cmdlet == cmdlet).Property;
        string[] expected = parameter switch
        {
            "Tag" => ["nightly"],
            "Connection" => ["duckdb"],
            _ => ["analytics.orders", "analytics.users"],
        };

        var config = HasConfig(property.DeclaringType!) ? " -Config job.psd1" : string.Empty;

        Assert.NotEmpty(property.GetCustomAttributes<ArgumentCompleterAttribute>());
        Assert.Equal(expected, _session.Complete($"{cmdlet}{config} -{parameter} "));
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_choice_offers_all_that_can_be_chosen(string cmdlet, string parameter)
    {
        var property = Parameters(property => property.Name == parameter).Single(pair => pair.Cmdlet == cmdlet).Property;

        Assert.Equal(Enum.GetNames(Choice(property)!).Order(), _session.Complete($"{cmdlet} -{parameter} ").Order());
    }

    [Theory]
    [InlineData("Get-EltTable *.psd1 -Table us")]
    [InlineData("Get-EltTable -Path job.psd1 -Table us")]
    [InlineData("Get-EltTable other.psd1, job.psd1 -Table us")]
    [InlineData("Invoke-EltPipeline 'j*.psd1' -StartAt us")]
    public void The_files_may_be_named_in_any_way(string line)
    {
        _job.Write("other", ("orders", "SELECT 1 AS n"));

        Assert.Equal(["analytics.users"], _session.Complete(line));
    }

    [Theory]
    [InlineData("Get-EltRun job.psd1 -Id ")]
    [InlineData("Get-EltRun j*.psd1 -Id ")]
    [InlineData("Get-EltRun -Id ")]
    [InlineData("Get-EltRun -StatePath .eltps -Id ")]
    public void Id_offers_the_runs_the_latest_first(string line)
    {
        _session.Run("$null = Invoke-EltPipeline job.psd1; $null = Invoke-EltPipeline job.psd1").Succeeded();
        var before = _job.Snapshot();
        var runs = _session.Run("Get-EltRun job.psd1").Succeeded().Output.Cast<JournaledRun>().Select(run => run.RunId).ToList();

        Assert.Equal(2, runs.Count);
        Assert.Equal(runs, _session.Complete(line));
        Assert.Equal([runs[0]], _session.Complete($"{line}{runs[0]}"));
        Assert.Equal(before, _job.Snapshot());
    }

    private static IEnumerable<(string Cmdlet, PropertyInfo Property)> Parameters(Func<PropertyInfo, bool> isMeant) =>
        from type in typeof(ErrorTable).Assembly.GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null
        from property in type.GetProperties()
        where property.GetCustomAttributes<ParameterAttribute>().Any() && isMeant(property)
        orderby type.Name, property.Name
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", property);

    private static bool HasConfig(Type cmdlet) => cmdlet.GetProperty("Config") is not null;

    private static Type? Choice(PropertyInfo property)
    {
        var type = property.PropertyType.GetElementType() ?? Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? type : null;
    }
}
