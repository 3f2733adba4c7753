using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

/// <summary>PowerShell's own cmdlets in elt.</summary>
public sealed class PowerShellTests
{
    [Theory]
    [InlineData("1..5 | Select-Object -Last 1", "5")]
    [InlineData("3, 1, 2 | Sort-Object | Select-Object -First 1", "1")]
    [InlineData("1..3 | Measure-Object -Sum | ForEach-Object Sum", "6")]
    [InlineData("@{ a = 1 } | ConvertTo-Json -Compress", "{\"a\":1}")]
    [InlineData("'{ \"a\": 7 }' | ConvertFrom-Json | ForEach-Object a", "7")]
    [InlineData("1, 2 | ForEach-Object -Parallel { $_ * 10 } | Sort-Object | Join-String -Separator ' '", "10 20")]
    [InlineData("Set-Content t.txt 'text'; Get-Content t.txt; (Get-FileHash t.txt).Algorithm", "text SHA256")]
    [InlineData("[pscustomobject]@{ A = 1 } | Export-Csv t.csv; (Import-Csv t.csv).A", "1")]
    [InlineData("[pscustomobject]@{ A = 2 } | Export-Clixml t.xml; (Import-Clixml t.xml).A", "2")]
    [InlineData("[pscustomobject]@{ A = 1 } | Format-Table | Out-String | ForEach-Object Trim", "A - 1")]
    [InlineData("Add-Type 'public class Four { public static int Is() => 4; }'; [Four]::Is()", "4")]
    [InlineData("(help Get-EltRun | Out-String) -match 'SYNOPSIS'", "True")]
    [InlineData("Test-Path (Join-Path $PSHOME Modules)", "True")]
    public void Its_cmdlets_work(string script, string output)
    {
        using var folder = new TemporaryFolder();

        var result = EltInProcess.RunIn(folder.Path, script);

        Assert.Equal("", result.Errors);
        Assert.Equal(output, string.Join(' ', result.Lines));
    }

    [Fact]
    public async Task They_are_in_the_process_too()
    {
        using var folder = new TemporaryFolder();

        var result = await EltProcess.RunInAsync(
            folder.Path,
            "1..3 | ForEach-Object -Parallel { [pscustomobject]@{ N = $_ } } | Sort-Object N | Export-Csv n.csv; Get-Content n.csv; $PSHOME");

        Assert.Equal("", result.Errors);
        Assert.Equal(["\"N\"", "\"1\"", "\"2\"", "\"3\"", Path.GetDirectoryName(EltProcess.Executable)], result.Lines);
    }
}
