using EltPs.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("elt Invoke-EltPipeline mau.psd1", "run", "mau.psd1")]
    [InlineData("elt Invoke-EltPipeline mau.psd1 -WhatIf", "mau.psd1 -WhatIf")]
    [InlineData("elt Invoke-EltPipeline ./mau.psd1", "./mau.psd1")]
    [InlineData("elt Invoke-EltPipeline 'my mau.psd1'", "run", "my mau.psd1")]
    [InlineData("elt Invoke-EltPipeline <pipeline file>", "RUN")]
    [InlineData("elt Invoke-EltPipeline mau.psd1 -Resume", "resume", "mau.psd1")]
    [InlineData("elt Test-EltPipeline mau.psd1", "test", "mau.psd1")]
    [InlineData("elt Get-EltRun <pipeline file>", "status")]
    [InlineData("elt \"Get-EltRun <pipeline file> -Last 1 | Switch-EltTable -Undo\"", "undo")]
    public void A_word_of_another_tool_is_answered_with_the_command(string command, params string[] arguments)
    {
        var result = EltInProcess.Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Lines);
        Assert.EndsWith(command, result.Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-EltPipelin", "Invoke-EltPipeline")]
    [InlineData("invoke-eltpipelne", "Invoke-EltPipeline")]
    [InlineData("Invoke-EltPipleine", "Invoke-EltPipeline")]
    [InlineData("Run-EltPipeline", "Invoke-EltPipeline")]
    [InlineData("Get-EltTabel", "Get-EltTable")]
    [InlineData("Get-EltRuns", "Get-EltRun")]
    [InlineData("Get-Run", "Get-EltRun")]
    public void A_misspelled_command_is_answered_with_the_nearest_cmdlet(string typed, string meant)
    {
        var result = EltInProcess.Run(typed, "mau.psd1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Did you mean {meant}?", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_parameter_is_answered_with_the_nearest_one()
    {
        var result = EltInProcess.Run("Invoke-EltPipeline", "-Confg", "mau.psd1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Did you mean -Config?", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No-SuchCommand")]
    [InlineData("xyz")]
    [InlineData("Get-Item -NoSuchParameter 1")]
    public void Nothing_is_guessed_where_nothing_is_near(string script)
    {
        var result = EltInProcess.Run(script);

        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain("Did you mean", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("& { 'ran' } test")]
    [InlineData("'run' | ForEach-Object { 'ran' }")]
    [InlineData("function run { 'ran' }; run")]
    public void A_script_that_uses_such_a_word_runs(string script) => Assert.Equal(["ran"], EltInProcess.Run(script).Lines);

    [Fact]
    public void Every_command_that_is_proposed_exists()
    {
        var exported = ScriptExecutor.RunIn(EltProcess.RepositoryRoot, "(Get-Module EltPs).ExportedCmdlets.Keys").Output.Cast<string>();

        Assert.All(
            Intent.ByWord.Values.SelectMany(intent => intent.Command.Split(' ')).Where(word => word.Contains("-Elt", StringComparison.Ordinal)),
            command => Assert.Contains(command, exported));
    }
}
