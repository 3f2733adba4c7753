using EltPs.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class CommandLineTests
{
    public static TheoryData<string[], string> Joined { get; } = new()
    {
        { ["1 + 1"], "1 + 1" },
        { ["Get-EltTable mau.psd1 | Invoke-EltCtas"], "Get-EltTable mau.psd1 | Invoke-EltCtas" },
        { ["Invoke-EltPipeline", "-Config", "mau.psd1"], "Invoke-EltPipeline -Config mau.psd1" },
        { ["Invoke-EltPipeline", "-Config", "my jobs/mau.psd1"], "Invoke-EltPipeline -Config 'my jobs/mau.psd1'" },
        { ["Invoke-EltCtas", "-Sql", "SELECT 'it''s' AS t"], "Invoke-EltCtas -Sql 'SELECT ''it''''s'' AS t'" },
        { ["Invoke-EltCtas", "-Sql", "SELECT 1\nFROM t"], "Invoke-EltCtas -Sql 'SELECT 1\nFROM t'" },
        { ["Invoke-EltCtas", "-Sql", ""], "Invoke-EltCtas -Sql ''" },
        { ["Get-Help", "'already quoted'"], "Get-Help 'already quoted'" },
        { ["Get-Help", "\"already quoted\""], "Get-Help \"already quoted\"" },
        { ["X", "@{ Type = 'DuckDb' }"], "X @{ Type = 'DuckDb' }" },
        { ["X", "(1 + 1)"], "X (1 + 1)" },
        { ["1,2", "|", "ForEach-Object", "{ $_ * 2 }"], "1,2 | ForEach-Object { $_ * 2 }" },
        { ["X", "$env:A B"], "X $env:A B" },
        { ["X", "-Config:my file.psd1"], "X -Config:'my file.psd1'" },
        { ["X", "-Where:{ $_ -gt 1 }"], "X -Where:{ $_ -gt 1 }" },
        { ["X", "-- comment"], "X '-- comment'" },
        { ["X", "o’clock it is"], "X 'o’’clock it is'" },
    };

    [Theory]
    [MemberData(nameof(Joined))]
    public void Arguments_become_one_script(string[] arguments, string script)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(new CommandLine(script, IsFile: false), CommandLine.Parse(arguments, folder.Path));
    }

    [Fact]
    public void A_script_file_is_called_with_its_arguments()
    {
        using var folder = new TemporaryFolder("it's here");
        var file = folder.File("build.ps1", "");

        Assert.Equal(
            new CommandLine($"& '.{Path.DirectorySeparatorChar}build.ps1' Test", IsFile: true),
            CommandLine.Parse(["build.ps1", "Test"], folder.Path));
        Assert.Equal(
            new CommandLine($"& '{file.Replace("'", "''", StringComparison.Ordinal)}' 'a b'", IsFile: true),
            CommandLine.Parse([file, "a b"], folder.Path));
    }

    [Fact]
    public void A_name_of_a_script_file_that_is_not_there_stays_a_command()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(new CommandLine("missing.ps1 Test", IsFile: false), CommandLine.Parse(["missing.ps1", "Test"], folder.Path));
    }
}
