using EltPs.Tests.Docs;
using Xunit;

namespace EltPs.Tests.Pester;

/// <summary>Each Pester spec is a test of this class, run by Pester under the real PowerShell.</summary>
public sealed class SpecTests
{
    public static async Task<IEnumerable<TheoryDataRow<Spec>>> Specs() => (await SpecRun.All).Select(spec => new TheoryDataRow<Spec>(spec)
    {
        TestDisplayName = spec.Name,
        Label = "",
        Skip = spec.Result == "Skipped" ? $"Pester skipped it. {spec.Message}".TrimEnd() : null,
    });

    // The specs are known when they have run, so the test runner must not ask for them while it lists the tests.
    [Theory]
    [MemberData(nameof(Specs), DisableDiscoveryEnumeration = true)]
    public void Spec(Spec spec)
    {
        if (spec.Result != "Passed")
        {
            Assert.Fail($"{spec.Result}: {spec.Message}");
        }
    }

    [Fact]
    public async Task Every_cmdlet_has_a_file_of_specs_and_every_file_has_specs_that_ran()
    {
        var ran = (await SpecRun.All).Where(spec => spec.Result == "Passed").Select(spec => spec.Name.Split('.')[0]).ToHashSet();

        Assert.All(HelpTests.Cmdlets, cmdlet => Assert.Contains(cmdlet.Data, ran));
        Assert.All(SpecRun.Files, file => Assert.Contains(Path.GetFileName(file).Split('.')[0], ran));
    }
}
