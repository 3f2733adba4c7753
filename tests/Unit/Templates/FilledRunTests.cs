using System.Reflection;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Docs;
using EltPs.Tests.PipelineFiles;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>Runs and plans of files with placeholders, on DuckDB.</summary>
public sealed class FilledRunTests
{
    private const string Sql = "SELECT {{ channel }} AS c, ''{{ channel }}'' AS t, {{ run_id }} AS r, ''{{ days }}'' AS \"d {{ days }}\"";

    private static readonly RunValues Day = new()
    {
        DataIntervalStart = new DateTimeOffset(2025, 1, 10, 0, 0, 0, TimeSpan.Zero),
        DataIntervalEnd = new DateTimeOffset(2025, 1, 11, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly int[] List = [1, 2];

    private static PipelineRunner Runner => new(new WarehouseRegistry().Find("DuckDb")!, TimeProvider.System, SilentObserver.Instance);

    [Fact]
    public async Task A_run_builds_with_the_values_and_its_own_id()
    {
        using var file = new PipelineFile(Text(Sql));
        var pipeline = VariableOverride.Apply(file.Load(), [new("channel", "'; DROP TABLE x; -- \" $$ {{ run_id }} \\")]);
        var result = await Runner.RunAsync(pipeline, new RunOptions(), TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Error?.Message);
        const string Given = "'; DROP TABLE x; -- \" $$ {{ run_id }} \\";
        Assert.Equal([$"{Given}|{Given}|{result.RunId}|7"], Database(file).Rows("SELECT * FROM s.t"));
        Assert.Equal(
            ["c", "d 7", "r", "t"],
            Database(file).Rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 't' ORDER BY 1"));
    }

    [Fact]
    public async Task A_run_for_an_interval_has_its_dates()
    {
        using var file = new PipelineFile(
            Text(
                "SELECT {{ ds }} AS d, ''{{ ds }}'' AS t, ''{{ ds_nodash }}'' AS n, {{ data_interval_end }} - {{ data_interval_start }} = "
                    + "INTERVAL 1 DAY AS i"));
        var result = await Runner.RunAsync(file.Load(), new RunOptions { Values = Day }, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal(["2025-01-10|2025-01-10|20250110|true"], Database(file).Rows("SELECT d::VARCHAR, t, n, i::VARCHAR FROM s.t"));
    }

    [Fact]
    public async Task Without_an_interval_a_date_of_the_run_is_an_error_before_anything_is_opened()
    {
        using var file = new PipelineFile(Text("SELECT\n  {{ ds }} AS d"));
        var pipeline = file.Load();
        var result = await Runner.RunAsync(pipeline, new RunOptions(), TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Failed, EltErrorKind.PlaceholderUnfilled), (result.Status, result.Error!.Kind));
        Assert.Equal(
            "s.t: its SQL cannot be filled in:\n"
            + "p.psd1(2,3): {{ ds }} belongs to a run's data interval, and this run has none: it is for no interval of the schedule. "
            + "For a day of your own choice, name it under Variables and write that name.\n"
            + "The published table was left as it was.",
            result.Error.Message);
        var refusal = await Assert.ThrowsAsync<EltException>(() =>
            Runner.PlanAsync(pipeline, new RunOptions(), TestContext.Current.CancellationToken));
        Assert.Equal(result.Error.Message, refusal.Message);
        Assert.False(File.Exists(Database(file).Path));
    }

    [Fact]
    public async Task A_value_that_cannot_stand_there_is_an_error_before_anything_is_opened()
    {
        using var file = new PipelineFile(Text(Sql));
        var pipeline = VariableOverride.Apply(file.Load(), [new("channel", List)]);
        var result = await Runner.RunAsync(pipeline, new RunOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(EltErrorKind.PlaceholderUnfilled, result.Error!.Kind);
        Assert.Contains("{{ channel }} is a list, and a list stands alone in brackets", result.Error.Message, StringComparison.Ordinal);
        Assert.Contains("{{ channel }} is a list, which has no text", result.Error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Database(file).Path));
    }

    [Fact]
    public async Task A_plan_shows_the_values_that_are_known_and_words_for_the_id()
    {
        using var file = new PipelineFile(Text(Sql + ", {{ ds }}"));
        var plan = await Runner.PlanAsync(file.Load(), new RunOptions { Values = Day }, TestContext.Current.CancellationToken);
        Assert.Contains(
            "SELECT 'web' AS c, 'web' AS t, '<run id>' AS r, '7' AS \"d 7\", DATE '2025-01-10'",
            Assert.Single(plan.Parts()).ToString(),
            StringComparison.Ordinal);
        Assert.False(File.Exists(Database(file).Path));
    }

    [Fact]
    public void The_manuals_example_is_a_valid_file()
    {
        var root = typeof(FilledRunTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!;
        var example = MarkdownExample
            .Of(Path.Combine(root, "docs", "pipeline-file.md"))
            .Single(example => example.Code.Contains("Variables", StringComparison.Ordinal));
        using var file = new PipelineFile(example.Code);
        Assert.Equal(["channels", "days", "region"], Assert.Single(file.Load().Tables).Variables.Keys.Order(StringComparer.Ordinal));
    }

    private static DatabaseFile Database(PipelineFile file) => new(file.Folder.File("p.duckdb"));

    private static string Text(string sql) =>
        $"@{{ Variables = @{{ channel = 'web'; days = 7 }}; Tables = @( @{{ Schema = 's'; Table = 't'; Sql = '{sql}' }} ) }}";
}
