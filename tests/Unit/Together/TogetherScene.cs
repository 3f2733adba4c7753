using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Snowflake.Faults;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>A Snowflake with five tables that are published together; the rows of each tell which run they are of.</summary>
internal sealed class TogetherScene : IAsyncDisposable
{
    public static readonly string[] Names = ["a", "b", "c", "d", "e"];

    public PipelineScene Scene { get; } = new();

    /// <summary>What is published: of each table its comment and its rows, or that there is none.</summary>
    public IReadOnlyList<string> Published => [.. Names.Select(name => Content($"analytics.{name}"))];

    /// <summary>The same of the staging tables.</summary>
    public IReadOnlyList<string> Staged => [.. Names.Select(name => Content($"analytics.temp_{name}"))];

    /// <summary>The number of rows of each published table; -1 where there is none.</summary>
    public IReadOnlyList<int> Rows =>
        [.. Names.Select(name => Scene.Catalogue.Find($"analytics.{name}") is null ? -1 : Scene.Rows($"analytics.{name}"))];

    public static Func<string, bool> Publish(string name) =>
        sent => Has(sent, "INTO :row_count") && Has(sent, $"'TEMP_{name.ToUpperInvariant()}'");

    public static Func<string, bool> TakeBack(string name) =>
        sent =>
            Has(sent, "EXECUTE IMMEDIATE")
            && !Has(sent, "INTO :row_count")
            && !Has(sent, "DROP TABLE")
            && Has(sent, $"'TEMP_{name.ToUpperInvariant()}'");

    public static Predicate<string> Swap(string name) => statement =>
        statement.StartsWith($"ALTER TABLE analytics.{name} SWAP WITH", StringComparison.Ordinal)
            || (
                statement.StartsWith("ALTER TABLE analytics.\"eltps_", StringComparison.Ordinal)
                && statement.EndsWith($"RENAME TO analytics.{name}", StringComparison.Ordinal));

    public PipelineDefinition Pipeline(int rows, TimeSpan? timeout = null, bool keepPrevious = true)
    {
        var one = Scene.Pipeline(rows, timeout);
        return one with
        {
            PublishTogether = true,
            Tables = [.. Names.Select(name => one.Tables[0] with { Name = Name(name), KeepPrevious = keepPrevious })],
        };
    }

    /// <summary>One of the tables, as a pipeline of its own that another machine may run.</summary>
    public PipelineDefinition Alone(string name, int rows)
    {
        var one = Scene.Pipeline(rows);
        return one with { Tables = [one.Tables[0] with { Name = Name(name) }] };
    }

    /// <summary>Runs the pipeline, which must succeed.</summary>
    public async Task<RunResult> PublishAsync(int rows, bool keepPrevious = true)
    {
        var result = await Scene.RunAsync(Pipeline(rows, keepPrevious: keepPrevious), SilentObserver.Instance);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result;
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();

    private string Content(string table) =>
        Scene.Catalogue.Find(table) is { } found ? $"{GenerationMarker.Parse(found.Comment)} {Scene.Rows(table)} rows" : "none";

    private static TableName Name(string table) =>
        TableName.TryCreate("analytics", table, out var name) ? name : throw new ArgumentException(table, nameof(table));

    private static bool Has(string sent, string part) => sent.Contains(part, StringComparison.Ordinal);
}
