using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class OutputTests
{
    [Fact]
    public void Objects_of_several_types_are_shown_as_PowerShell_shows_them()
    {
        var result = EltInProcess.Run("'text'; 42; $true; [pscustomobject]@{ Name = 'mau'; Rows = 12 }");

        Assert.Equal(["text", "42", "True", "Name Rows", "---- ----", "mau    12"], result.Lines);
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task A_log_has_no_escape_sequences_and_no_byte_order_mark()
    {
        var result = await EltProcess.RunAsync("'é → 😀'; Get-Module; No-SuchCommand");

        Assert.StartsWith("é → 😀", result.Output, StringComparison.Ordinal);
        Assert.Contains("EltPs", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output + result.Errors);
    }

    [Fact]
    public async Task A_table_in_a_log_is_as_wide_as_120_columns()
    {
        var result = await EltProcess.RunAsync("[pscustomobject]@{ A = 'a' * 50; B = 'b' * 60 }");

        Assert.Contains($"{new string('a', 50)} {new string('b', 60)}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_goes_to_standard_error_and_keeps_its_lines()
    {
        var result = EltInProcess.Run("'before'; throw \"first`nsecond\"");

        Assert.Equal(["before"], result.Lines);
        Assert.Equal("Exception: first\nsecond\n", result.Errors.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_error_is_worded_as_the_error_view_says()
    {
        var concise = EltInProcess.Run("Get-Item nope");
        var category = EltInProcess.Run("$ErrorView = 'CategoryView'; Get-Item nope");

        Assert.StartsWith("Get-Item: Cannot find path", concise.Errors, StringComparison.Ordinal);
        Assert.StartsWith("ObjectNotFound: ", category.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_a_script_file_says_where()
    {
        using var folder = new TemporaryFolder();
        folder.File("job.ps1", "'fine'\nthrow 'not fine'\n");

        var result = EltInProcess.RunIn(folder.Path, "job.ps1");

        Assert.Matches(@"job\.ps1:2\s", result.Errors);
        Assert.Contains("not fine", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_stays_one_line_in_a_log()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 100));

        Assert.Equal($"Exception: {words}", EltInProcess.Run($"throw '{words}'").Errors.TrimEnd());
    }

    [Fact]
    public void Verbose_lines_and_warnings_stay_out_of_the_results()
    {
        var result = EltInProcess.Run("$Host.UI.WriteVerboseLine('how'); $Host.UI.WriteWarningLine('careful'); 'result'");

        Assert.Equal(["result"], result.Lines);
        Assert.Equal("VERBOSE: how\nWARNING: careful\n", result.Errors.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task It_runs_in_the_folder_that_it_was_started_in()
    {
        using var folder = new TemporaryFolder("with a blank");

        var result = await EltProcess.RunInAsync(folder.Path, "[IO.Path]::GetFileName($PWD.ProviderPath)");

        Assert.Equal(["with a blank"], result.Lines);
    }

    [Fact]
    public void A_script_file_gets_its_arguments_as_they_were_given()
    {
        using var folder = new TemporaryFolder("with a blank");
        folder.File("job.ps1", "param($Name, [switch] $Loud) \"$Name, $Loud, $PSScriptRoot\"");

        var result = EltInProcess.RunIn(folder.Path, "job.ps1", "-Loud", "-Name", "it's me");

        Assert.StartsWith("it's me, True, ", Assert.Single(result.Lines), StringComparison.Ordinal);
        Assert.EndsWith("with a blank", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_nobody_can_answer_is_an_error()
    {
        var result = EltInProcess.Run("Remove-Module EltPs -Confirm");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Lines);
        Assert.Contains("Nobody can answer: standard input is not a terminal.", result.Errors, StringComparison.Ordinal);
    }
}
