using EltPs.Engine.Names;

using Xunit;

namespace EltPs.Tests.Engine;

public sealed class TableNameTests
{
    [Theory]
    [InlineData("analytics.mau_summary", "analytics.mau_summary", "analytics.temp_mau_summary")]
    [InlineData("db.analytics.t$1", "db.analytics.t$1", "db.analytics.temp_t$1")]
    [InlineData("analytics.\"My \"\"T\"\".x\"", "analytics.\"My \"\"T\"\".x\"", "analytics.\"temp_My \"\"T\"\".x\"")]
    public void A_name_is_rendered_as_it_was_written_and_its_staging_name_keeps_schema_and_quotes(
        string text,
        string rendered,
        string staging)
    {
        Assert.True(TableName.TryParse(text, out var name));
        Assert.Equal(rendered, name.ToString());
        Assert.Equal(staging, name.Staging.ToString());
    }

    [Theory]
    [InlineData("t")]
    [InlineData("a.b.c.d")]
    [InlineData("a..t")]
    [InlineData("a.t; DROP TABLE x")]
    [InlineData("a.\"t")]
    [InlineData("a.\"\"")]
    [InlineData("a.tä")]
    [InlineData("a.t\n")]
    [InlineData("a.\"t\0\"")]
    [InlineData("a.t--")]
    public void Anything_else_is_refused(string text) => Assert.False(TableName.TryParse(text, out _));
}
