using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Tests.PipelineFiles;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>Variables of a pipeline file, and other values for them.</summary>
public sealed class VariableTests
{
    private const string File =
        """
        @{
            Variables = @{ channel = 'web'; Days = 7; rate = 0.5; deep = $true; names = 'a', "b'"; empty = ''; unused = -1 }
            Tables    = @(
                @{ Schema = 's'; Table = 't'; Sql = 'SELECT {{ CHANNEL }} AS c, {{ days }} AS d WHERE {{ channel }} IN ({{ names }})' }
                @{ Schema = 's'; Table = 'u'; Sql = 'SELECT 1 AS n' }
            )
        }
        """;

    [Fact]
    public void Variables_are_text_numbers_truth_values_and_lists_of_those()
    {
        using var file = new PipelineFile(File);
        var pipeline = file.Load();
        Assert.Equal(
            [
                "channel=String:web",
                "Days=Int64:7",
                "deep=Boolean:true",
                "empty=String:",
                "names=[8:String:a,9:String:b']",
                "rate=Double:0.5",
                "unused=Int64:-1",
            ],
            pipeline.Variables.Select(pair => $"{pair.Key}={pair.Value.Fingerprint()}").Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["channel", "Days", "names"], pipeline.Tables[0].Variables.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(pipeline.Tables[1].Variables);
    }

    [Theory]
    [InlineData("Variables = 'x'", "(1,16): Variables is text; write @{ name = 'value' }.")]
    [InlineData("Variables = @{ ds = 1 }", "(1,19): 'ds' is a value that every run has; choose another name.")]
    [InlineData("Variables = @{ RUN_ID = 1 }", "(1,19): 'RUN_ID' is a value that every run has; choose another name.")]
    [InlineData("Variables = @{ 'a-b' = 1 }", "(1,19): 'a-b' is no name of a variable; write letters, digits and _, no digit first.")]
    [InlineData(
        "Variables = @{ \"x'; DROP TABLE t\" = 1 }",
        "(1,19): 'x'; DROP TABLE t' is no name of a variable; write letters, digits and _, no digit first.")]
    [InlineData("Variables = @{ a = 1; A = 2 }", "(1,26): The variable 'A' is here twice; remove one.")]
    [InlineData(
        "Variables = @{ a = $null }",
        "(1,23): The variable 'a' is $null; write text, a number, $true or $false, or a list of those.")]
    [InlineData(
        "Variables = @{ a = @{ b = 1 } }",
        "(1,23): The variable 'a' is a table @{…}; write text, a number, $true or $false, or a list of those.")]
    [InlineData(
        "Variables = @{ a = @('x', @{ b = 1 }) }",
        "(1,30): The variable 'a' has an item that is a table @{…}; write text, a number, $true or $false, or a list of those.")]
    [InlineData("Variables = @{ a = @() }", "(1,23): The variable 'a' is an empty list, and SQL has none; give at least one item.")]
    [InlineData(
        "Variables = @{ a = 9223372036854775808 }",
        "(1,23): The variable 'a' is too big a number to be kept exactly; write it as text, and CAST({{ a }} AS …) in the SQL.")]
    [InlineData("Variables = @{ a = \"x`0y\" }", "(1,23): The variable 'a' is text with a NUL character; remove it.")]
    [InlineData(
        "Variables = @{ a = 'env:PASSWORD' }",
        "(1,23): The variable 'a' begins with env:, as where a secret is kept; SQL is seen in plans, journals and query histories, so no "
            + "secret is read into it. Write a plain value."
    )]
    [InlineData("Variables = @{ a = ' FILE:x' }", "(1,23): The variable 'a' begins with file:, as where a secret is kept;")]
    [InlineData("Variables = @{ a = 'x', 'secret:V/N' }", "(1,23): The variable 'a' begins with secret:, as where a secret is kept;")]
    public void A_wrong_variable_is_refused_with_its_place(string keys, string complaint)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot(keys));
        Assert.StartsWith(PipelineFile.Name + complaint, file.Refusal().Message, StringComparison.Ordinal);
        Assert.Single(file.Refusal().Complaints);
    }

    [Fact]
    public void A_wrong_value_gives_no_second_complaint_where_it_is_used()
    {
        using var file = new PipelineFile(
            "@{ Variables = @{ a = $null }; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT ''{{ a }}''' } ) }");
        Assert.Single(file.Refusal().Complaints);
    }

    [Fact]
    public void Other_values_hold_for_one_run_and_change_the_hash_of_the_tables_that_use_them()
    {
        using var file = new PipelineFile(File);
        var pipeline = file.Load();
        var changed = VariableOverride.Apply(pipeline, [new("CHANNEL", "it's"), new("unused", null)]);
        Assert.Equal(
            ("it's", "NULL", "7"),
            (changed.Variables["channel"].ToString(), changed.Variables["unused"].ToString(), changed.Variables["days"].ToString()));
        Assert.Equal("it's", changed.Tables[0].Variables["channel"].Text);
        Assert.NotEqual(DefinitionHash.Of(pipeline.Tables[0]), DefinitionHash.Of(changed.Tables[0]));
        Assert.Equal(DefinitionHash.Of(pipeline.Tables[1]), DefinitionHash.Of(changed.Tables[1]));
        Assert.Equal(
            DefinitionHash.Of(pipeline.Tables[0]),
            DefinitionHash.Of(VariableOverride.Apply(pipeline, [new("unused", 5)]).Tables[0]));

        // A number is not the text of it.
        Assert.NotEqual(
            DefinitionHash.Of(VariableOverride.Apply(pipeline, [new("days", 8)]).Tables[0]),
            DefinitionHash.Of(VariableOverride.Apply(pipeline, [new("days", "8")]).Tables[0]));
    }

    [Fact]
    public void A_table_without_variables_has_the_hash_that_it_always_had()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Name = 'x'"));
        Assert.Equal("3f24b73f3847e3bd0daa641abbfbbf7a", DefinitionHash.Of(file.Load().Tables[0]));
    }

    [Fact]
    public void A_value_that_nothing_would_use_or_SQL_cannot_hold_is_refused()
    {
        using var file = new PipelineFile(File);
        using var bare = new PipelineFile(PipelineFile.WithRoot("Name = 'x'"));
        var pipeline = file.Load();
        AssertRefused(pipeline, "chanel", 1, "p: There is no variable 'chanel'; the file's are ");
        AssertRefused(pipeline, "ds", 1, "p: 'ds' is a value of the run itself and no variable; it cannot be given.");
        AssertRefused(
            bare.Load(),
            "day",
            1,
            "x: There is no variable 'day': the file has no Variables. Add Variables = @{ day = … } to it.");
        AssertRefused(
            bare.Load(),
            "x y",
            1,
            "x: There is no variable 'x y': the file has no Variables. Add Variables = @{ name = … } to it.");
        AssertRefused(pipeline, "channel", "env:PASSWORD", "p: The variable channel begins with env:");
        AssertRefused(pipeline, "channel", double.NaN, "p: The variable channel is no finite number; give one.");
        AssertRefused(
            pipeline,
            "channel",
            new Version(1, 0),
            "p: The variable channel is a Version; give text, a number, a truth value, a date, or a list of those.");
        AssertRefused(pipeline, "channel", new Dictionary<string, int>(), "p: The variable channel is a Dictionary`2; give text");
    }

    private static void AssertRefused(PipelineDefinition pipeline, string name, object? value, string message)
    {
        var refusal = Assert.Throws<EltException>(() => VariableOverride.Apply(pipeline, [new(name, value)]));
        Assert.Equal(EltErrorKind.InvalidVariable, refusal.Kind);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSWORD", refusal.Message, StringComparison.Ordinal);
    }
}
