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
