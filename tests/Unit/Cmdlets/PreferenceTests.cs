using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class PreferenceTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("$true")]
    [InlineData("1")]
    [InlineData("'yes'")]
    [InlineData("[switch]$true")]
    public void WhatIfPreference_of_any_type_changes_nothing(string value)
    {
        var before = _job.Snapshot();

        var run = _job.Run($"& {{ $WhatIfPreference = {value}; Invoke-EltPipeline -Config job.psd1 }}").Succeeded();

        Assert.Empty(run.Output);
        Assert.Contains("CREATE OR REPLACE TABLE analytics.temp_t", run.HostText, StringComparison.Ordinal);
        Assert.Equal(before, _job.Snapshot());
    }

    [Fact]
    public void VerbosePreference_given_as_text_in_a_scope_shows_the_statements()
    {
        var run = _job.Run("& { $VerbosePreference = 'Continue'; Invoke-EltPipeline -Config job.psd1 }").Succeeded();

        Assert.Contains(run.Verbose, line => line.Contains("CREATE OR REPLACE TABLE analytics.temp_t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Env:PATH", "EltInvalidPipelineFile")]
    [InlineData("nodrive:/job.psd1", "EltPipelineFileMissing")]
    public void A_path_that_is_no_file_has_an_error_of_its_own(string path, string id)
    {
        _job.Run($"Invoke-EltPipeline -Config '{path}'").FailedWith($"{id},EltPs.Commands.InvokeEltPipelineCommand");
    }
}
