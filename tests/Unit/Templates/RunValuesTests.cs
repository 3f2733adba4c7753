using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Templates;

public sealed class RunValuesTests
{
    private static readonly RunValues Day = new()
    {
        RunId = "20250111T000500Z-4f2a9c",
        DataIntervalStart = new DateTimeOffset(2025, 1, 10, 0, 0, 0, TimeSpan.FromHours(1)),
        DataIntervalEnd = new DateTimeOffset(2025, 1, 11, 0, 0, 0, TimeSpan.FromHours(1)),
    };

    [Theory]
    [InlineData("ds", "DATE '2025-01-10'", "2025-01-10")]
    [InlineData("DS", "DATE '2025-01-10'", "2025-01-10")]
    [InlineData("ds_nodash", "'20250110'", "20250110")]
    [InlineData("data_interval_start", "CAST('2025-01-10T00:00:00+01:00' AS TIMESTAMPTZ)", "2025-01-10T00:00:00+01:00")]
    [InlineData("data_interval_end", "CAST('2025-01-11T00:00:00+01:00' AS TIMESTAMPTZ)", "2025-01-11T00:00:00+01:00")]
    [InlineData("run_id", "'20250111T000500Z-4f2a9c'", "20250111T000500Z-4f2a9c")]
    public void A_run_has_values_under_Airflows_names(string name, string literal, string text)
    {
        Assert.True(RunValues.IsName(name));
        Assert.Equal($"SELECT {literal}, '{text}'", Template.Parse($"SELECT {{{{ {name} }}}}, '{{{{ {name} }}}}'").Render(Day.Find, out _));
    }

    [Fact]
    public void What_is_not_known_has_no_value()
    {
        Assert.All(RunValues.Names, name => Assert.Null(RunValues.None.Find(name)));
        Assert.Null(Day.Find("logical_date"));
        Assert.False(RunValues.IsName("logical_date"));
    }
}
