using System.Management.Automation;
using EltPs.Objects;
using EltPs.Tests.Objects;
using EltPs.Views;
using Xunit;

namespace EltPs.Tests.Views;

/// <summary>A status has a colour where a terminal shows colours, and no line is longer for it.</summary>
public sealed class ColourTests
{
    private readonly ScreenHost _terminal = new() { Width = 80, HasColours = true };

    public static TheoryData<string, string, string> Statuses { get; } = new()
    {
        { nameof(SampleObjects.Succeeded), "Succeeded", "<green>" },
        { nameof(SampleObjects.Failed), "Failed", "<error>" },
        { nameof(SampleObjects.Nothing), "NothingToDo", "<dim>" },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_status_has_the_colour_of_PSStyle(string sample, string status, string colour)
    {
        var run = (EltRunResult)typeof(SampleObjects).GetProperty(sample)!.GetValue(null)!;

        Assert.Contains($"{colour}{status}<reset>", Text(run, "Host"), StringComparison.Ordinal);
        Assert.Equal($"{colour}{status}<reset>", EltView.Cell(PSObject.AsPSObject(run), "Status", _terminal, Style("Host")));
    }

    [Fact]
    public void Without_its_colours_a_view_is_the_same()
    {
        var colored = Text(SampleObjects.Failed, "Host");

        Assert.NotEqual(Text(SampleObjects.Failed, "PlainText"), colored);
        Assert.Equal(
            Text(SampleObjects.Failed, "PlainText"),
            colored.Replace("<green>", "", StringComparison.Ordinal).Replace("<error>", "", StringComparison.Ordinal)
                .Replace("<dim>", "", StringComparison.Ordinal).Replace("<reset>", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "Host", false)]
    [InlineData(false, "Ansi", true)]
    [InlineData(true, "PlainText", false)]
    [InlineData(true, null, false)]
    public void OutputRendering_and_the_host_decide(bool hasColours, string? rendering, bool isColoured)
    {
        _terminal.HasColours = hasColours;

        Assert.Equal(isColoured, Text(SampleObjects.Succeeded, rendering).Contains("<green>", StringComparison.Ordinal));
    }

    private string Text(EltRunResult run, string? rendering)
    {
        var value = PSObject.AsPSObject(run);
        return string.Join('\n', [EltView.First(value, _terminal, Style(rendering)), .. EltView.Rest(value, _terminal, Style(rendering))]);
    }

    // NO_COLOR makes PowerShell choose PlainText.
    private static object? Style(string? rendering) => rendering is null ? null : new
    {
        OutputRendering = rendering,
        Reset = "<reset>",
        Dim = "<dim>",
        Foreground = new { Green = "<green>", Cyan = "<cyan>" },
        Formatting = new { Error = "<error>", Warning = "<warning>" },
    };
}
