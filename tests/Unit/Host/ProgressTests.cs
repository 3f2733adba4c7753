using System.Management.Automation;
using EltPs.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class ProgressTests
{
    private static readonly ProgressRecord First = new(1, "RunELT", "table 1 of 2") { PercentComplete = 40 };
    private static readonly ProgressRecord Second = new(1, "RunELT", "table 2 of 2") { PercentComplete = 80 };

    [Fact]
    public void Bars_are_redrawn_in_place_and_gone_at_the_end()
    {
        var clock = new ManualClock();
        using var terminal = new StringWriter();
        var progress = new ProgressBars(terminal, () => 60, clock);

        progress.Show(0, First);
        clock.Advance(TimeSpan.FromSeconds(1));
        progress.Show(0, Second);
        progress.Show(0, new ProgressRecord(1, "RunELT", "done") { RecordType = ProgressRecordType.Completed });

        Assert.Equal(
            "[########            ] RunELT: table 1 of 2 40 %\r\e[J[################    ] RunELT: table 2 of 2 80 %\r\e[J",
            terminal.ToString());
    }

    [Theory]
    [InlineData(60, "[########            ] RunELT: table 1 of 2 40 %")]
    [InlineData(39, "[####      ] RunELT: table 1 of 2 40 %")]
    [InlineData(30, "RunELT: table 1 of 2 40 %")]
    [InlineData(20, "RunELT: table 1 of ")]
    public void A_bar_gets_what_the_words_leave_and_never_wraps(int columns, string line)
    {
        using var terminal = new StringWriter();

        new ProgressBars(terminal, () => columns, new ManualClock()).Show(0, First);

        Assert.Equal(line, terminal.ToString());
    }
}
