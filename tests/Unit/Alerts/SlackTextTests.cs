using System.Text.RegularExpressions;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using Xunit;

namespace EltPs.Tests.Alerts;

public sealed partial class SlackTextTests
{
    private static readonly string[] Pieces =
    [
        "`",
        "``",
        "```",
        "<",
        ">",
        "&",
        "&amp;",
        "<!here>",
        "@here",
        "@Channel",
        "@everyone",
        "\n",
        "\r\n",
        "x",
        "🎉",
        "<@U1>",
        "|",
        " ",
    ];

    private static readonly string[] Entities = ["&amp;", "&lt;", "&gt;"];

    [Fact]
    public void No_text_makes_a_mention_a_link_or_the_end_of_a_code_block()
    {
        var random = new Random(20261124);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var most = random.Next(80, 300);

            var block = SlackText.CodeBlock(text, most);
            var code = SlackText.Code(text, most);
            var line = SlackText.Line(text, most);

            Assert.All([block, code, line], AssertHarmless);
            Assert.All([block, code, line], made => Assert.InRange(made.Length, 0, most));
            Assert.Equal(2, block.Split("```").Length - 1);
            Assert.Equal(2, code.Count(letter => letter == '`'));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_cut_keeps_both_ends_and_no_half_of_a_character(int shift)
    {
        var text = $"first {new string('x', shift)}{string.Concat(Enumerable.Repeat("🎉&", 2000))} last";

        var cut = SlackText.Paragraph(text, 3000);

        Assert.InRange(cut.Length, 2950, 3000);
        Assert.StartsWith("first ", cut, StringComparison.Ordinal);
        Assert.EndsWith(" last", cut, StringComparison.Ordinal);
        Assert.Matches("\n… [0-9]+ characters are left out here …\n", cut);
        AssertHarmless(cut);
    }

    [Theory]
    [InlineData("<!here>", "<!here>")]
    [InlineData("here", "<!here>")]
    [InlineData("@channel", "<!channel>")]
    [InlineData("<@U012AB3CD>", "<@U012AB3CD>")]
    [InlineData("W012AB3CD", "<@W012AB3CD>")]
    [InlineData("<!subteam^S012AB3CD>", "<!subteam^S012AB3CD>")]
    [InlineData("S012AB3CD", "<!subteam^S012AB3CD>")]
    [InlineData("<!here> and more", null)]
    [InlineData("<!here|x>", null)]
    [InlineData("<https://x>", null)]
    [InlineData("alice", null)]
    [InlineData("<!subteam^S012|@x>", null)]
    [InlineData("", null)]
    public void Only_the_known_forms_are_mentions(string text, string? markup)
    {
        Assert.Equal(markup is not null, SlackMention.TryParse(text, out var mention));
        Assert.Equal(markup, mention?.Markup);
    }

    [Theory]
    [InlineData("https://ci.example.org/{runId}/{pipeline}", "https://ci.example.org/r-1/a%20b%2F%3Cc%3E")]
    [InlineData("{env:BUILD_URL}console", "https://ci.example.org/job/42/console")]
    [InlineData("https://x.example.org/{env:MISSING}", null)]
    [InlineData("{env:NO_ADDRESS}", null)]
    public void A_link_is_filled_or_left_out(string template, string? link)
    {
        Assert.True(LinkTemplate.TryParse(template, out var parsed, out var problem), problem);

        var filled = parsed.Fill("r-1", "a b/<c>", name => name switch
            {
                "BUILD_URL" => "https://ci.example.org/job/42/",
                "NO_ADDRESS" => "javascript:alert(1)",
                _ => null,
            });

        Assert.Equal(link, filled?.AbsoluteUri);
    }

    private static void AssertHarmless(string made)
    {
        Assert.DoesNotContain('<', made);
        Assert.DoesNotContain('>', made);
        Assert.All(Ampersand().Matches(made), match => Assert.Contains(match.Value, Entities));
        Assert.DoesNotMatch("(?i)@(here|channel|everyone)", made);
        for (var index = 0; index < made.Length; index++)
        {
            Assert.False(
                char.IsSurrogate(made[index])
                    && !(
                        char.IsSurrogatePair(made, Math.Max(0, index - 1)) || (index + 1 < made.Length && char.IsSurrogatePair(made, index))
                    ),
                "half a character");
        }
    }

    [GeneratedRegex("&[a-z]*;?")]
    private static partial Regex Ampersand();
}
