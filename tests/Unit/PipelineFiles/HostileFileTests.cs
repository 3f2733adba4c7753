using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using Xunit;

namespace EltPs.Tests.PipelineFiles;

/// <summary>Files that are no data: code, broken syntax, nothing that an editor would save.</summary>
public sealed class HostileFileTests
{
    private const string NothingRuns = "and nothing in this file is run";
    private const string InDouble = " in a double-quoted text is code, " + NothingRuns + "; use ";
    private const string OrDollar = ", or write `$ for a dollar sign.";

    [Theory]
    [InlineData("Name = Get-Date", "(1,11): 'Get-Date' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = daily", "(1,11): 'daily' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = $env:USER", "(1,11): The variable '$env:USER' is code, " + NothingRuns + "; write the value itself.")]
    [InlineData("Name = $trueish", "(1,11): The variable '$trueish' is code, " + NothingRuns + "; write the value itself.")]
    [InlineData("Name = ${x}", "(1,11): The variable '${x}' is code, " + NothingRuns + "; write the value itself.")]
    [InlineData("Name = $(Get-Date)", "(1,11): A sub-expression $(…) is code, " + NothingRuns + "; write the value itself.")]
    [InlineData("Name = \"a $x\"", "(1,14): '$x'" + InDouble + "single quotes" + OrDollar)]
    [InlineData("Name = \"$(Get-Date)\"", "(1,12): '$(…)'" + InDouble + "single quotes" + OrDollar)]
    [InlineData("Name = @\"\n$x\n\"@", "(2,1): '$x'" + InDouble + "@'…'@" + OrDollar)]
    [InlineData("Name = \u201c$(Get-Date)\u201d", "(1,12): '$(…)'" + InDouble + "single quotes" + OrDollar)]
    [InlineData("Name = [string]1", "(1,11): A type in [ ] is code, " + NothingRuns + "; drop the cast.")]
    [InlineData("Variables = [ordered]@{}", "(1,16): [ordered] is a cast; drop it, a plain @{ … } will do.")]
    [InlineData("Name = [IO.File]::ReadAllText('x')", "(1,11): A type in [ ] is code, " + NothingRuns + "; drop the cast.")]
    [InlineData("Name = { Get-Date }", "(1,11): A script block { } is code, " + NothingRuns + "; write @{ … } for a table.")]
    [InlineData("Name = & 'calc'", "(1,11): '&' is no data, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a' + 'b'", "(1,15): '+' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a' -join 'b'", "(1,15): '-join' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a'.Length", "(1,14): '.Length' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a' | Out-File x", "(1,15): '|' is no data, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a' > x", "(1,15): '>' is no data, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 1..9", "(1,11): '1..9' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = if (1) { 2 }", "(1,11): 'if' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = @x", "(1,11): '@' is no data, " + NothingRuns + "; put text in single quotes.")]
    [InlineData("Name = 'a' `\n", "(1,15): A line may not be continued with a backtick; remove it.")]
    [InlineData("$x = 1", "(1,4): The variable '$x' is code, " + NothingRuns + "; write the value itself.")]
    [InlineData("Get-Date = 1", "(1,4): 'Get-Date' is no value, " + NothingRuns + "; put text in single quotes.")]
    [InlineData(
        "Name = configuration C { Import-DscResource -Module x }",
        "(1,11): 'configuration' is no value, " + NothingRuns + "; put text in single quotes.")]
    public void Code_is_refused_where_it_stands(string keys, string complaint) => AssertOnly(PipelineFile.WithRoot(keys), complaint);

    [Theory]
    [InlineData("using module ./evil.psm1\n@{}", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("configuration C { }", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("@{}; Remove-Item x", "(1,4): There is something behind the file's table; remove it.")]
    [InlineData("@{}.Keys", "(1,4): There is something behind the file's table; remove it.")]
    [InlineData("#Requires -Modules Evil\n@{}", "(1,1): #requires is an instruction to PowerShell, " + NothingRuns + "; remove it.")]
    [InlineData("$x = @{}", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("@('a')", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("Name: yaml\n", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("{ \"Name\": \"json\" }", "(1,1): The file must begin with its table; write @{ … } and nothing in front of it.")]
    [InlineData("# only a comment", "(1,1): The file holds no data; write one table @{ Tables = @( … ) }.")]
    public void A_file_that_is_more_than_a_table_is_refused(string text, string complaint) => AssertOnly(text, complaint);

    [Theory]
    [InlineData("@{\n  Name = 'open\n}", "(2,10): This text is not closed; end it with the quote that begins it.")]
    [InlineData("@{ Name = @'\nSELECT 1\n  '@ }", "(1,11): This text is not closed; end it with '@ at the very beginning of a line.")]
    [InlineData("@{ Name = @'SELECT 1\n'@ }", "(1,11): Nothing may follow @' in its line; begin the text in the next one.")]
    [InlineData("@{ <# open }", "(1,4): This comment is not closed; end it with #>.")]
    [InlineData("@{ Tables = @( ", "(1,13): This @( is not closed; end it with ).")]
    [InlineData("@{ Tables = @( } )", "(1,16): This } closes nothing; the @( in line 1 is open.")]
    [InlineData("@{ Name 'x' }", "(1,9): A key or an = is missing in front of this; write Key = value.")]
    [InlineData("@{ Name = }", "(1,11): A value is missing in front of this }.")]
    [InlineData(
        "@{ Name = 'a' 'b' }",
        "(1,15): A separator is missing in front of this; begin a new line, or put ; between entries and , between the items of a list.")]
    [InlineData("@{ Tags = 'a',, 'b' }", "(1,15): A value is missing in front of this , sign.")]
    [InlineData("@{ Tags = ('a'; 'b') }", "(1,15): A ; may not stand in parentheses; write @( … ) for a list.")]
    [InlineData("@{ Tags = () }", "(1,12): A value is missing in front of this ).")]
    [InlineData("@{ Name = 'a' = 'b' }", "(1,15): This = is at no key; write Key = value, one in a line.")]
    [InlineData("@{ @{} = 'b' }", "(1,4): A key or an = is missing in front of this; write Key = value.")]
    public void Broken_syntax_is_refused_where_it_breaks(string text, string complaint) => AssertOnly(text, complaint);

    [Theory]
    [InlineData("  Name = $x", "  Description = Get-Date", "  Schedule = [string]1")]
    [InlineData("  Name = \"$x\"", "  Description = $(Get-Date | % { 'a' })", "  Schedule = @\"\n@$($x.y)\n\"@")]
    [InlineData("  Name = \"a $(\"b $(1)\") c\"", "  Description = \"${a}\" + ')'", "  Schedule = & { '}' # }\n }")]
    [InlineData("  Name = if ($x) { \"}\" }", "  $y = 'x'", "  Tags = @($a, 'b')")]
    [InlineData("  Name = 'a' |", "    ForEach-Object { $_ }", "  Tags = 'a', $b; Schedule = $c")]
    [InlineData("  Variables = [ordered]@{ a = $b }", "  Description = [string]$x", "")]
    [InlineData("  Name = 99999999999999999999999999999999999999999999l", "  Description = \"`u{110000}\"", "  Nmae = 1")]
    public void Each_of_several_pieces_of_code_is_complained_about(string first, string second, string third)
    {
        var keys = string.Join('\n', first, second, third);
        using var file = new PipelineFile($"@{{\n{keys}\n  Tables = @( @{{ Schema = 's'; Table = 't'; Sql = 'SELECT 1' }} )\n}}");

        Assert.Equal(3, file.Refusal().Complaints.Count);
    }

    [Fact]
    public void One_bad_value_does_not_hide_the_other_mistakes_of_the_file()
    {
        using var file = new PipelineFile(
            """
            @{
                Nmae   = 'x'
                Tags   = @('a', 1)
                Tables = @(
                    @{ Schema = 'a'; Table = 't'; Sql = "SELECT $x" }
                    @{ Schema = 'a'; Table = $name; Sql = 'SELECT 1' }
                    @{ Schema = 'a'; Table = "$name"; Sql = '' }
                    @{ Schema = 'a'; Sql = 'SELECT 1'; MinimumRows = $least; Retries = 'x' }
                )
                TimeZone = 'Europe/Atlantis'
            }
            """);

        Assert.Equal(
            [(2, 5), (3, 21), (5, 53), (6, 34), (7, 35), (7, 49), (8, 9), (8, 58), (8, 76), (10, 16)],
            file.Refusal().Complaints.Select(complaint => (complaint.Location.Line, complaint.Location.Column)));
    }

    [Fact]
    public void Behind_brackets_that_do_not_match_nothing_more_is_told()
    {
        using var file = new PipelineFile("@{ Name = $(Get-Date }; Tags = $x }");

        Assert.Equal([(1, 11)], file.Refusal().Complaints.Select(complaint => (complaint.Location.Line, complaint.Location.Column)));
    }

    [Fact]
    public void What_only_PowerShell_finds_is_passed_on_with_its_place()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Name = 99999999999999999999999999999999999999999999l"));
        Assert.StartsWith("p.psd1(1,11): ", file.Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{a=", "}")]
    [InlineData("@(", ")")]
    [InlineData("(", ")")]
    public void Three_thousand_levels_are_refused_without_a_stack_overflow(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 3000)) + "1" + string.Concat(Enumerable.Repeat(close, 3000));
        AssertOnly(
            "@{ Name = " + deep + " }",
            $"(1,{11 + (open.Length * 31)}): The file is nested deeper than 32 levels; a pipeline needs five.");
    }

    [Theory]
    [InlineData("}{")]
    [InlineData("@{ a = \n")]
    [InlineData(",")]
    [InlineData("1,")]
    [InlineData("$x\n")]
    [InlineData("a = 1\n")]
    [InlineData("'\u2018")]
    [InlineData("\"`")]
    [InlineData("@'\n")]
    [InlineData("<#")]
    [InlineData("- ")]
    [InlineData("x")]
    public void Five_megabytes_of_anything_are_refused_quickly(string piece)
    {
        var text = "@{ Name = @(\n" + string.Concat(Enumerable.Repeat(piece, 5_000_000 / piece.Length));
        using var file = new PipelineFile(text);
        var watch = Stopwatch.StartNew();
        file.Refusal();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Five_megabytes_of_SQL_are_read()
    {
        using var file = new PipelineFile(
            PipelineFile.WithTable($"Schema = 's'; Table = 't'; Sql = 'SELECT ''''{new string('x', 5_000_000)}'''''"));
        Assert.Equal(5_000_011, file.Load().Tables[0].Sql.Length);
    }

    [Fact]
    public void Five_megabytes_of_keys_are_refused_with_a_short_message()
    {
        using var file = new PipelineFile("@{" + string.Concat(Enumerable.Range(0, 300_000).Select(number => $"Nam{number} = 1\n")) + "}");
        var refusal = file.Refusal();
        Assert.EndsWith("\n… and 299981 more", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(21, refusal.Message.Split('\n').Length);
    }

    [Theory]
    [InlineData(
        new byte[] { (byte)'@', (byte)'{', (byte)'\n', (byte)'#', 0xE4, (byte)'\n', (byte)'}' },
        "(2,2): This is not UTF-8 text; save the file as UTF-8.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'@', 0xFF }, "(1,2): This is not UTF-8 text; save the file as UTF-8.")]
    [InlineData(new byte[] { (byte)'@', (byte)'{', 0xE2, 0x82 }, "(1,3): This is not UTF-8 text; save the file as UTF-8.")]
    [InlineData(
        new byte[] { 0xFF, 0xFE, (byte)'@', 0, 0x00, 0xD8, (byte)'}', 0 },
        "(1,2): This is not UTF-16 text; save the file as UTF-8.")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'@', 0, (byte)'{' }, "(1,2): This is not UTF-16 text; save the file as UTF-8.")]
    [InlineData(
        new byte[] { (byte)'@', 0, (byte)'{', 0 },
        "(1,2): A NUL character is here, as in a binary file or UTF-16 without a byte order mark; save the file as UTF-8.")]
    [InlineData(new byte[] { }, ": The file is empty.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'\n' }, ": The file is empty.")]
    public void Wrong_encodings_are_refused_where_they_go_wrong(byte[] content, string complaint)
    {
        using var file = new PipelineFile(content);
        Assert.Equal(PipelineFile.Name + complaint, file.Refusal().Message);
    }

    [Fact]
    public void No_file_and_a_folder_are_refused_in_words()
    {
        using var file = new PipelineFile("@{ Tables = @() }");
        var missing = Assert.Throws<EltException>(() => file.Load(Named("none.psd1")));
        Assert.Equal((EltErrorKind.PipelineFileMissing, "none.psd1: There is no such file."), (missing.Kind, missing.Message));
        Assert.Equal("x/q.psd1: There is no such file.\nDid you mean x/p.psd1?", Near("x/q.psd1", "q.psd1"));
        Directory.CreateDirectory(file.Folder.File("folder.psd1"));
        Assert.Equal("folder.psd1: This is a folder; name a file.", file.Refusal(Named("folder.psd1")).Message);

        Func<PipelineFileContext, PipelineFileContext> Named(string name) =>
            context => context with { File = name, FullPath = file.Folder.File(name) };

        string Near(string name, string path) => Assert.Throws<EltException>(() =>
            file.Load(context => context with { File = name, FullPath = file.Folder.File(path) })).Message;
    }

    [Fact]
    public void A_file_without_permission_is_refused_in_words()
    {
        using var file = new PipelineFile("@{}");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.FullPath, UnixFileMode.None);
        }

        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The administrator may read every file.");
        Assert.Equal("p.psd1: The file may not be read: permission denied.", file.Refusal().Message);
    }

    [Theory]
    [InlineData("using module '{0}'\n@{{ }}")]
    [InlineData("@{{ }}\nusing module '{0}'")]
    [InlineData("configuration C {{ Import-DscResource -ModuleName '{0}' }}")]
    [InlineData("@{{ A = configuration C {{ Import-DscResource -ModuleName '{0}' }} }}")]
    [InlineData("@{{ A = \"$(configuration C {{ Import-DscResource -ModuleName '{0}' }})\" }}")]
    [InlineData("#requires -Modules '{0}'\n@{{ }}")]
    [InlineData("@{{ A = $(Import-Module '{0}') }}")]
    [InlineData("@{{ A = & '{0}' }}")]
    [InlineData("Import-Module '{0}'\n@{{ }}")]
    public void A_file_that_tries_to_run_a_module_runs_none_of_it(string form)
    {
        using var file = new PipelineFile("@{}");
        var marker = file.Folder.File("marker");
        var module = file.Folder.File("Evil.psm1", $"[IO.File]::WriteAllText('{marker}', 'x')");
        File.WriteAllText(
            file.FullPath,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, form, module),
            new UTF8Encoding(false));

        // As in a cmdlet, where the parser finds a runspace that it could use.
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        try
        {
            file.Refusal();
            Assert.False(File.Exists(marker));
        }
        finally
        {
            Runspace.DefaultRunspace = null;
        }

        using var control = PowerShell.Create(runspace);
        control.AddCommand("Import-Module").AddArgument(module).Invoke();
        Assert.True(File.Exists(marker), "The module writes no marker, so its absence proves nothing.");
    }

    private static void AssertOnly(string text, string complaint)
    {
        using var file = new PipelineFile(text);
        Assert.Equal(PipelineFile.Name + complaint, file.Refusal().Message);
    }
}
