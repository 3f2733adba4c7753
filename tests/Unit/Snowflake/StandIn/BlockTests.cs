using System.Text.Json;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>EltPs's guarded blocks in the stand-in: as they are sent.</summary>
public sealed class BlockTests : IDisposable
{
    private readonly Scene _scene = new();

    private StandInCatalogue Catalogue => _scene.Catalogue;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void A_first_build_is_renamed_and_the_next_one_swapped()
    {
        _scene.Build("analytics.mau", "SELECT 1 AS i");
        Assert.Null(Catalogue.Find("analytics.temp_mau"));
        var first = Catalogue.Find("analytics.mau")!;

        _scene.Build("analytics.mau", "SELECT 2 AS i");

        Assert.Equal(first.Id, Catalogue.Find("analytics.temp_mau")!.Id);
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.mau")[0][0]);
    }

    [Fact]
    public void A_block_whose_answer_was_lost_does_nothing_when_it_is_sent_again()
    {
        _scene.Build("analytics.mau");
        var request = _scene.Stage("analytics.mau");
        Assert.Equal(GuardedBlock.Done, _scene.Publish(request));
        var published = Catalogue.Find("analytics.mau")!;

        var answer = JsonDocument.Parse(_scene.Publish(request)!).RootElement;

        Assert.Equal(published.Id, Catalogue.Find("analytics.mau")!.Id);
        Assert.Equal(published.Comment, answer.GetProperty("published").GetString());
        Assert.NotEqual(published.Comment, answer.GetProperty("staged").GetString());
        Assert.Single(Catalogue.Effects, effect => effect.Contains("SWAP WITH", StringComparison.Ordinal));
    }

    [Fact]
    public void A_block_says_what_is_missing_as_null()
    {
        var request = _scene.Stage("analytics.mau");
        _scene.Send("DROP TABLE analytics.temp_mau");

        Assert.Equal("""{"published":null,"rows":null,"staged":null}""", _scene.Publish(request));
    }

    [Fact]
    public void A_first_build_does_not_take_the_name_of_a_table_that_the_role_does_not_see()
    {
        Catalogue.Run("CREATE TABLE analytics.mau AS SELECT 1 AS i");
        var request = _scene.Stage("analytics.mau");
        Assert.Equal(GenerationMarker.First, request.Replaces);

        var outcome = _scene.Refused(SnowflakeDialect.PublishBlock(request, target: null));

        Assert.Equal("002002", outcome.Code);
        Assert.NotNull(Catalogue.Find("analytics.temp_mau"));
    }

    [Fact]
    public void A_table_without_a_comment_is_an_unmarked_one()
    {
        _scene.Send("CREATE TABLE analytics.mau AS SELECT 1 AS i");
        var request = _scene.Stage("analytics.mau");
        Assert.Equal(GenerationMarker.Unmarked, request.Replaces);

        Assert.Equal(GuardedBlock.Done, _scene.Publish(request));
    }

    [Fact]
    public void An_undo_swaps_back_and_can_itself_be_undone()
    {
        _scene.Build("analytics.mau", "SELECT 1 AS i");
        _scene.Build("analytics.mau", "SELECT 2 AS i");

        Assert.Equal(GuardedBlock.Done, _scene.Undo("analytics.mau"));
        Assert.Equal("1", _scene.Send("SELECT i FROM analytics.mau")[0][0]);
        Assert.Equal(GuardedBlock.Done, _scene.Undo("analytics.mau"));
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.mau")[0][0]);
    }

    [Fact]
    public void An_interrupted_build_can_be_neither_published_nor_gone_back_to()
    {
        _scene.Build("analytics.mau");
        var (statements, publish) = _scene.Plan("analytics.mau");

        foreach (var statement in statements.SkipLast(1))
        {
            _scene.Send(statement);
        }

        Assert.NotEqual(GuardedBlock.Done, _scene.Publish(publish));
        Assert.Equal(
            GenerationMarker.UnfinishedGeneration,
            GenerationMarker.Parse(Catalogue.Find("analytics.temp_mau")?.Comment)?.Generation);
    }

    [Theory]
    [InlineData("it's 50$$ a\\month")]
    [InlineData("two\nlines; RETURN 'no'; -- END")]
    public void A_comment_or_a_name_may_hold_whatever_ends_a_text(string comment)
    {
        _scene.Catalogue.Run("CREATE SCHEMA \"a$$b's\"");
        const string Table = "\"a$$b's\".\"my \"\"table\"\"; $$\"";
        _scene.Build(Table);
        Catalogue.Run(
            $"COMMENT ON TABLE {Table} IS {SnowflakeText.Literal($"{comment} {GenerationMarker.Parse(Catalogue.Find(Table)!.Comment)}")}");
        _scene.Build(Table);

        Assert.Equal(comment, GenerationMarker.UserComment(Catalogue.Find(Table)!.Comment));
        Assert.Equal(GuardedBlock.Done, _scene.Undo(Table));
        Assert.StartsWith("EXECUTE IMMEDIATE '", Catalogue.Executed[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_within_a_block_comes_out_with_its_place_and_its_own_code()
    {
        _scene.Build("analytics.mau");
        var request = _scene.Stage("analytics.mau");
        Catalogue.Change("analytics.mau", table => table.Owner = "SOMEBODY");
        Catalogue.Run("GRANT SELECT ON TABLE analytics.mau TO ROLE elt");
        var statement = SnowflakeDialect.PublishBlock(request, _scene.LookUp(request.Target));

        var outcome = _scene.Refused(statement);

        Assert.Equal("003001", outcome.Code);
        Assert.Matches(
            @"\AUncaught exception of type 'STATEMENT_ERROR' on line \d\d at position \d\d : SQL access control error",
            outcome.Message);
    }

    [Fact]
    public void What_fails_after_the_swap_is_told_and_the_swap_stays()
    {
        _scene.Build("analytics.mau", "SELECT 1 AS i");
        var request = _scene.Stage("analytics.mau", "SELECT 2 AS i") with { KeepPrevious = false };
        Catalogue.Refuse(statement => statement.StartsWith("DROP", StringComparison.Ordinal), "000625", "57014", "too many wait");

        var answer = _scene.Publish(request);

        Assert.StartsWith(GuardedBlock.DoneBut, answer, StringComparison.Ordinal);
        Assert.Contains("too many wait", answer, StringComparison.Ordinal);
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.mau")[0][0]);
    }

    [Fact]
    public void A_previous_generation_that_is_not_kept_is_dropped()
    {
        _scene.Build("analytics.mau");

        Assert.Equal(GuardedBlock.Done, _scene.Publish(_scene.Stage("analytics.mau") with { KeepPrevious = false }));

        Assert.Null(Catalogue.Find("analytics.temp_mau"));
    }

    [Fact]
    public void A_staging_table_is_dropped_only_if_it_still_is_that_generation()
    {
        var request = _scene.Stage("analytics.mau");
        _scene.Send(SnowflakeDialect.DropGeneration(request.Target, Guid.NewGuid().ToString()));
        Assert.NotNull(Catalogue.Find("analytics.temp_mau"));

        Assert.Equal(GuardedBlock.Done, _scene.Send(SnowflakeDialect.DropGeneration(request.Target, request.Generation))[0][0]);
        Assert.Null(Catalogue.Find("analytics.temp_mau"));
    }

    [Theory]
    [InlineData("TRANSIENT TABLE", true)]
    [InlineData("TABLE", false)]
    public void A_build_has_the_published_tables_kind_whatever_is_asked_for(string kind, bool isTransient)
    {
        _scene.Send($"CREATE {kind} analytics.mau (i INT)");
        _scene.Build("analytics.mau", change: request => request with { Transient = !isTransient, ClusterBy = ["i"] });
        Assert.Equal(
            (isTransient, "LINEAR(i)"),
            (Catalogue.Find("analytics.mau")!.IsTransient, Catalogue.Find("analytics.mau")!.ClusteringKey));

        _scene.Build("analytics.mau", change: request => Scene.ForClone(request) with { Transient = !isTransient });
        Assert.Equal(isTransient, Catalogue.Find("analytics.mau")!.IsTransient);
    }

    [Fact]
    public void The_count_comes_with_what_stands_at_both_names()
    {
        _scene.Build("analytics.mau", "SELECT 1 AS i");
        _scene.Stage("analytics.mau", "SELECT 1 AS i UNION ALL SELECT 2");

        var rows = _scene.Count("analytics.mau");

        Assert.Equal([("2", "MAU"), ("2", "TEMP_MAU")], rows.Select(row => (row[0], row[2])).Order());
        _scene.Send("DROP TABLE analytics.temp_mau");
        Assert.Equal("002003", _scene.Refused(new SnowflakeDialect().Count(Scene.Name("analytics.mau")).Sql).Code);
    }

    [Theory]
    [InlineData("BEGIN RETURN 1; END")]
    [InlineData("BEGIN DROP TABLE IF EXISTS analytics.mau; RETURN 'done' END;")]
    [InlineData("BEGIN SELECT 1 INTO :nobody; END;")]
    [InlineData("BEGIN IF (1 = 1) THEN DROP TABLE analytics.mau; END; END;")]
    public void A_block_that_is_wrong_is_refused_before_anything_runs(string block)
    {
        _scene.Send("CREATE TABLE analytics.mau (i INT)");
        var effects = Catalogue.Effects.Count;

        Catalogue.Execute($"EXECUTE IMMEDIATE $${block}$$", _scene.Context, TestContext.Current.CancellationToken);

        Assert.Equal(effects, Catalogue.Effects.Count);
    }
}
