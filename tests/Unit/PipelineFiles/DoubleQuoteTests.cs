using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using EltPs.DataFiles;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.PipelineFiles;

/// <summary>Text in double quotes means what it means to PowerShell, unless there is code in it.</summary>
public sealed class DoubleQuoteTests
{
    /// <summary>What stands between double quotes; none of it is code.</summary>
    public static TheoryData<string> Plain =>
    [
        "SELECT 1 AS x -- costs 5`$",
        "costs 5$",
        "$ 5",
        "5$, 6$; 7$. $-1 $) $] $} $= $' $#",
        "`$x and `$(y) and `${z}",
        "``n, `$`$, `\"`'",
        "tab`tnew`nreturn`r",
        "`u{20AC} `u{1F600} `u{41}",
        "it's",
        "one \"\"two\"\" three",
        "{0} {{ ds }} }",
        "`q `( `{",
        "`a`b`e`f`v",
        "§ € 5$€ $…",
        "@{ } @( ) # no comment <# none #>",
    ];

    /// <summary>What stands between double quotes, and the code in it.</summary>
    public static TheoryData<string, string> Code => new()
    {
        { "SELECT $x", "$x" },
        { "$$", "$$" },
        { "a$?", "$?" },
        { "$^", "$^" },
        { "$1", "$1" },
        { "$_", "$_" },
        { "$é", "$é" },
        { "${x}", "${x}" },
        { "${a b}", "${a b}" },
        { "$env:HOME/x", "$env:HOME" },
        { "$(Get-Date)", "$(…)" },
        { "$(\"a\")", "$(…)" },
        { "``$x", "$x" },
        { "```$y $z", "$z" },
        { "`$x $(1)", "$(…)" },
        { "$x.Length", "$x" },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void What_is_no_code_is_read_as_PowerShell_reads_it(string content)
    {
        foreach (var text in Forms(content))
        {
            using var file = new PipelineFile(PipelineFile.WithRoot($"Description = {text}\n"));
            using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());

            Assert.Equal(shell.AddScript(text).Invoke<string>().Single(), file.Load().Description);
        }
    }

    [Theory]
    [MemberData(nameof(Code))]
    public void Code_is_refused_where_it_begins_with_the_way_out(string content, string code)
    {
        foreach (var text in Forms(content))
        {
            using var file = new PipelineFile(PipelineFile.WithRoot($"Description = {text}\n"));

            var complaint = Assert.Single(file.Refusal().Complaints);
            var way = text[0] == '@' ? "@'…'@" : "single quotes";
            Assert.Equal(
                $"'{code}' in a double-quoted text is code, and nothing in this file is run; use {way}, or write `$ for a dollar sign.",
                complaint.Message);
            Assert.Equal(text[0] == '@' ? 2 : 1, complaint.Location.Line);
        }
    }

    [Theory]
    [InlineData("`u")]
    [InlineData("`u20AC")]
    [InlineData("`u{}")]
    [InlineData("`u{x}")]
    [InlineData("`u{1234567}")]
    [InlineData("`u{110000}")]
    [InlineData("`u{20AC")]
    public void A_character_by_its_number_that_is_none_is_refused(string content)
    {
        foreach (var text in Forms(content))
        {
            using var file = new PipelineFile(PipelineFile.WithRoot($"Description = {text}\n"));

            var complaint = Assert.Single(file.Refusal().Complaints);
            Assert.StartsWith("`u in a double-quoted text needs", complaint.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_SQL_of_a_table_may_have_an_escaped_dollar_and_keys_may_be_in_double_quotes()
    {
        using var file = new PipelineFile(
            """"
            # requires
            <# block
             comment #>
            @{
              'Tables' = @(
                @{ "Schema" = "mart"; "Table" = 'one'
                   Sql = @"
            SELECT 'a`$' AS x -- costs 5`$
            "@
                };
                @{ “Sc`hema” = „mart“; Table = 'two'; Sql = @'
            SELECT '$x $(y)' AS x
            '@ }
              );
            }
            """".Replace("\\u201c", "\u201c", StringComparison.Ordinal)
                .Replace("\\u201d", "\u201d", StringComparison.Ordinal)
                .Replace("\\u201e", "\u201e", StringComparison.Ordinal));

        var tables = file.Load().Tables;

        Assert.Equal(["mart.one", "mart.two"], tables.Select(table => table.Name.ToString()));
        Assert.Equal(["SELECT 'a$' AS x", "SELECT '$x $(y)' AS x"], tables.Select(table => table.Sql.Trim()));
    }

    [Fact]
    public void A_backtick_before_the_end_of_a_here_string_does_not_end_it()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Description = @\"\na `\n\"@ b\n\"@\n"));

        Assert.Equal("a \n\"@ b", file.Load().Description);
    }

    [Fact]
    public void Whatever_stands_in_double_quotes_is_data_here_if_it_is_a_constant_to_PowerShells_parser()
    {
        string[] pieces = ["\"", "\u201c", "`", "$", "(", ")", "{", "}", "u{41}", "a", "1", " ", "\n", "@", "'", "#", "<#", ":", "\r\n\"@"];
        var random = new Random(54);
        var constants = 0;
        for (var round = 0; round < Rounds.Of(300_000, 3_000); round++)
        {
            var content = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = random.Next(2) == 0 ? $"\"{content}\"" : $"@\"\n{content}\n\"@";

            var read = Read(text);

            var constant = Constant(text);

            // What stands behind a text that ends early may be no data for other reasons, such as a line that a backtick continues.
            var isWhole = constant?.Extent.Text.Length == text.Length;
            Assert.True(
                read is null ? !isWhole : read == constant?.Value,
                $"{text}: PowerShell has {constant?.Value ?? "code"}, the file {read ?? "code"}.");
            constants += isWhole ? 1 : 0;
        }

        Assert.True(constants > 300, $"Only {constants} texts were data.");
    }

    private static string? Read(string text)
    {
        try
        {
            var root = (TableNode)DataFileReader.ReadText("p.psd1", $"@{{ Name = {text}\n}}");
            return root.Entries is [{ Value: ScalarNode { Value: string value } }] ? value : null;
        }
        catch (EltException)
        {
            return null;
        }
    }

    private static StringConstantExpressionAst? Constant(string text)
    {
        var tree = Parser.ParseInput($"@{{ Name = {text}\n}}", out _, out var errors);
        return errors.Length == 0
            && tree.EndBlock.Statements is [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: HashtableAst table }] }]
            && table.KeyValuePairs is [(_, PipelineAst { PipelineElements: [CommandExpressionAst { Expression: var value }] })]
            ? value as StringConstantExpressionAst
            : null;
    }

    // In a text, in one with typographic quotes, and in a here-string, which needs no doubled quotes but may have them.
    private static IEnumerable<string> Forms(string content) =>
        [$"\"{content}\"", $"\u201c{content}\u201d", $"@\"\n{content}\n\"@"];
}
