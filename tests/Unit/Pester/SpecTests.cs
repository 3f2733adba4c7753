using Xunit;

namespace EltPs.Tests.Pester;

public sealed class SpecTests(ExportedCommands module) : IClassFixture<ExportedCommands>
{
    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(ExportedCommands.Specs, "*.ps1").Select(Path.GetFileName).OfType<string>().Order()];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_spec_uses_only_what_the_module_has(string script)
    {
        var text = File.ReadAllText(Path.Combine(ExportedCommands.Specs, script));

        Assert.Empty(new SpecReader(module.Commands).Mistakes(text));
    }

    [Fact]
    public void Every_cmdlet_has_a_spec_that_calls_it()
    {
        Assert.NotEmpty(module.Commands);
        foreach (var name in module.Commands.Keys)
        {
            var spec = Path.Combine(ExportedCommands.Specs, $"{name}.Tests.ps1");
            Assert.True(File.Exists(spec), $"{name} has no spec.");
            Assert.True(SpecReader.CountCalls(File.ReadAllText(spec)) > 0, $"The spec of {name} does not call it.");
        }
    }

    [Theory]
    [InlineData("It 'x' { Get-EltTable }}", "line 1: Unexpected token '}' in expression or statement.")]
    [InlineData("It 'x' {\n    Get-EltTables job.psd1\n}", "line 2: EltPs has no command Get-EltTables")]
    [InlineData("Get-Command 'Get-EltTables'", "line 1: EltPs has no command Get-EltTables")]
    [InlineData("Get-EltTable job.psd1 -Nmae t", "line 1: Get-EltTable has no parameter -Nmae")]
    [InlineData(
        "Describe 'x' { It 'y' { { Switch-EltTable -Force -Undone } | Should -Throw } }",
        "line 1: Switch-EltTable has no parameter -Undone")]
    [InlineData("Invoke-EltCtas @table", "line 1: Invoke-EltCtas is given @table, whose keys cannot be checked")]
    [InlineData("Invoke-Shell \"Invoke-EltPipeline '$config' -Whatever\"", "line 1: line 1: Invoke-EltPipeline has no parameter -Whatever")]
    [InlineData("'EltTooFew,EltPs.Commands.InvokeEltPipelineCommand'", "line 1: EltPs has no error EltTooFew")]
    [InlineData("'EltTooFewRows,EltPs.Commands.InvokeEltPipeline'", "line 1: EltPs has no cmdlet of type EltPs.Commands.InvokeEltPipeline")]
    public void A_mistake_in_a_spec_is_found(string script, string mistake) =>
        Assert.Equal([mistake], new SpecReader(module.Commands).Mistakes(script));

    [Theory]
    [InlineData("Get-EltTable -Path job.psd1 -Table 'analytics.*' -Verbose")]
    [InlineData("'job.psd1' | Invoke-EltPipeline -WhatIf -ErrorAction SilentlyContinue")]
    [InlineData("Invoke-Shell \"Invoke-EltPipeline '$config' -WhatIf\"")]
    [InlineData("'EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand'; 'InputObjectNotBound,EltPs.Commands.TestEltRowCountCommand'")]
    public void What_the_module_has_is_no_mistake(string script) =>
        Assert.Empty(new SpecReader(module.Commands).Mistakes(script));
}
