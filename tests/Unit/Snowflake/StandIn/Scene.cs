using System.Globalization;

using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Snowflake;

using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>
/// A catalogue with a schema and EltPs's own statements sent to it: what the dialect writes must be what the stand-in reads.
/// </summary>
internal sealed class Scene : IDisposable
{
    /// <summary>The role that EltPs works with.</summary>
    public const string Role = "ELT";

    private static readonly SnowflakeDialect Dialect = new();

    public Scene(string schema = "analytics") => Catalogue.Run($"CREATE SCHEMA {schema}");

    public StandInCatalogue Catalogue { get; } = new();

    public StatementContext Context { get; } = StandInCatalogue.As(Role);

    public static TableName Name(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    /// <summary>Sends a statement as EltPs's role, and fails unless it succeeds.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Send(string statement)
    {
        var outcome = Catalogue.Execute(statement, Context, TestContext.Current.CancellationToken);
        Assert.True(outcome.IsSuccess, $"{outcome.Code} ({outcome.SqlState}): {outcome.Message}\n{statement}");
        return outcome.Rows;
    }

    /// <summary>Sends a statement as EltPs's role, and fails unless it is refused.</summary>
    public StatementOutcome Refused(string statement, StatementContext? context = null)
    {
        var outcome = Catalogue.Execute(statement, context ?? Context, TestContext.Current.CancellationToken);
        Assert.False(outcome.IsSuccess, statement);
        return outcome;
    }

    /// <summary>What EltPs's own look-up finds at a name.</summary>
    public CatalogEntry? LookUp(TableName name)
    {
        var row = Send(SnowflakeCatalog.LookUp([name], out _)).SingleOrDefault(row => row[2] == SnowflakeText.Fold(name.Table));
        return row is null ? null : SnowflakeCatalog.Entry(name, row, 1);
    }

    /// <summary>Stages as EltPs does.</summary>
    public PublishRequest Stage(string table, string sql = "SELECT 1 AS i", Func<StageRequest, StageRequest>? change = null)
    {
        var (statements, publish) = Plan(table, sql, change);
        foreach (var statement in statements)
        {
            Send(statement);
        }

        return publish with
        {
            Rows = long.Parse(Send($"SELECT COUNT(*) FROM {publish.Target.Staging}")[0][0]!, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The statements that stage, and the request that publishes what they make.</summary>
    public (IReadOnlyList<string> Statements, PublishRequest Publish) Plan(
        string table, string sql = "SELECT 1 AS i", Func<StageRequest, StageRequest>? change = null)
    {
        var name = Name(table);
        var target = LookUp(name);
        var marker = new GenerationMarker(name.ToString(), Guid.CreateVersion7().ToString(), GenerationRule.Replaces(target), "run-1");
        var comment = marker.ToComment(GenerationMarker.UserComment(target?.Comment));
        var request = new StageRequest(name, sql, comment, target, CreateSchema: false)
        {
            UnfinishedComment = marker.Unfinished().ToString(),
        };
        request = change?.Invoke(request) ?? request;
        return ([.. Dialect.Stage(request).Select(statement => statement.Sql)],
            new PublishRequest(name, marker.Generation, marker.Replaces, KeepPrevious: true) { Method = request.Method });
    }

    /// <summary>Publishes as EltPs does; the block's answer.</summary>
    public string? Publish(PublishRequest request) =>
        Assert.Single(Assert.Single(Send(Assert.Single(Dialect.Publish(request, LookUp(request.Target))).Sql)));

    /// <summary>Swaps back as EltPs does; the block's answer.</summary>
    public string? Undo(string table)
    {
        var name = Name(table);
        var target = LookUp(name);
        var request = new UndoRequest(name, null);
        var plan = GenerationRule.PlanUndo(request, LookUp(name.Staging), target);
        return Send(Assert.Single(Dialect.Undo(request, plan, target!)).Sql)[0][0];
    }

    public void Build(string table, string sql = "SELECT 1 AS i", Func<StageRequest, StageRequest>? change = null) =>
        Assert.Equal(GuardedBlock.Done, Publish(Stage(table, sql, change)));

    /// <summary>The reading that EltPs takes with the count.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Count(string table) => Send(Dialect.Count(Name(table)).Sql);

    public static StageRequest ForClone(StageRequest request) => request with { Method = PublishMethod.Clone };

    public void Dispose() => Catalogue.Dispose();
}
