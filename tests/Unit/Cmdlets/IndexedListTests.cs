using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class IndexedListTests
{
    [Theory]
    [InlineData(
        "(Export-EltSchedule job.psd1 -Format SystemD -Shell Elt -ShellPath job.psd1 -WarningAction SilentlyContinue).Path[1]",
        "eltps-job.timer")]
    [InlineData("(Test-EltPipeline job.psd1 -ErrorAction SilentlyContinue).Findings[1].Table", "analytics.u")]
    [InlineData("(Test-EltPipeline job.psd1 -ErrorAction SilentlyContinue).Errors[1].Table", "analytics.u")]
    [InlineData("(Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue).Tables[1].Table", "analytics.u")]
    [InlineData("$null = Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue; (Get-EltRun job.psd1).Tables[1].Table", "analytics.u")]
    public void A_list_of_an_object_can_be_indexed(string script, string second)
    {
        using var job = new Job("; Schedule = '@daily'", [("t", "SELECT nonsense"), ("u", "SELECT nonsense")]);

        var value = Assert.Single(job.Run(script).Succeeded().Output);

        Assert.EndsWith(second, value.ToString(), StringComparison.Ordinal);
    }
}
