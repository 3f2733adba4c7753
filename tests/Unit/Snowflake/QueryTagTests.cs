using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class QueryTagTests
{
    private static readonly Guid Request = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public void A_tag_names_who_sent_the_statement()
    {
        var scope = new WorkScope(SilentObserver.Instance)
        {
            Pipeline = "RunELT \"Ä\"",
            RunId = "r1",
            Table = Name("analytics.t"),
            Step = EltStep.Publish,
        };

        Assert.Equal(
            """{"app":"EltPs","pipeline":"RunELT \"Ä\"","run":"r1","table":"analytics.t","step":"Publish","request":"0f8fad5b-d9cb-469f-a165-70867728950e"}""",
            QueryTag.Create(scope, Request));
    }

    [Fact]
    public void What_is_not_known_is_left_out() => Assert.Equal(
        """{"app":"EltPs","step":"Prepare","request":"0f8fad5b-d9cb-469f-a165-70867728950e"}""",
        QueryTag.Create(new WorkScope(SilentObserver.Instance), Request));

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\u0001")]
    [InlineData("😀")]
    [InlineData("ä\n")]
    [InlineData("\ud83d")]
    public void A_long_value_is_shortened_to_valid_JSON_of_2000_characters_at_most(string unit)
    {
        for (var extra = 0; extra < 13; extra++)
        {
            var text = new string('x', extra) + string.Concat(Enumerable.Repeat(unit, 3000));
            var scope = new WorkScope(SilentObserver.Instance) { Pipeline = text, RunId = text, Table = Name("analytics.t") };

            var tag = QueryTag.Create(scope, Request);

            Assert.InRange(tag.Length, 1500, 2000);
            using var json = JsonDocument.Parse(tag);
            var pipeline = json.RootElement.GetProperty("pipeline").GetString()!;
            Assert.EndsWith("…", pipeline, StringComparison.Ordinal);
            Assert.StartsWith(pipeline[..^1], unit == "\ud83d" ? text.Replace('\ud83d', '\ufffd') : text, StringComparison.Ordinal);
            Assert.Equal(Request.ToString(), json.RootElement.GetProperty("request").GetString());
        }
    }

    [Fact]
    public void One_long_value_leaves_the_short_ones_whole()
    {
        var scope = new WorkScope(SilentObserver.Instance)
        {
            Pipeline = new string('p', 5000),
            RunId = "20261124T030000-abcd",
            Table = Name("analytics.t"),
        };

        using var json = JsonDocument.Parse(QueryTag.Create(scope, Request));

        Assert.Equal("20261124T030000-abcd", json.RootElement.GetProperty("run").GetString());
        Assert.Equal("analytics.t", json.RootElement.GetProperty("table").GetString());
    }

    private static TableName? Name(string text) => TableName.TryParse(text, out var name) ? name : null;
}
