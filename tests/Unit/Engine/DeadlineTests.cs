using EltPs.Engine.Warehouses;
using Xunit;

namespace EltPs.Tests.Engine;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("01:00:00", "within 01:00:00 ", "Timeout = '02:00:00'")]
    [InlineData("00:00:00.500", "within 00:00:00.500 ", "Timeout = '00:00:01'")]
    [InlineData("13:00:00", "within 13:00:00 ", "Timeout = '1.02:00:00'")]
    [InlineData("4.00:00:00", "within 4.00:00:00 ", "Timeout = '7.00:00:00'")]
    [InlineData("7.00:00:00", "within 7.00:00:00 ", "the longest time")]
    public void What_took_too_long_is_advised_a_time_that_a_pipeline_file_takes(string limit, string shown, string advice)
    {
        var message = Deadline.In(TimeSpan.Parse(limit, null), TimeProvider.System).Exceeded("it").Message;

        Assert.Contains(shown, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
    }
}
