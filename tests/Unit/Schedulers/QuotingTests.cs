using System.Text;
using EltPs.Engine.Schedulers;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>Paths, read back as each of those reads them who pass the command line on.</summary>
public sealed class QuotingTests
{
    public static TheoryData<string> Folders =>
        [
            "/srv/elt",
            "/srv/two words",
            "/srv/it's",
            "/srv/a\"b",
            "/srv/50%",
            "/srv/$HOME",
            "/srv/ü ’ ‚ “",
            "/srv/a#b;c&d",
            "/srv/-x",
            @"/srv/back\slash\",
            "/srv/[x]",
            "/srv/`x`",
            "/srv/end ",
        ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void PowerShell_is_given_the_paths(string folder)
    {
        var script = Export.Command(folder).Script();
        Assert.Equal([folder + "/nightly.psd1", folder + "/.eltps"], PathsOf(script));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Task_Scheduler_gives_PowerShell_the_paths(string folder)
    {
        var start = Export.Start("@daily", folder: folder);
        var action = System
            .Xml.Linq.XDocument.Parse(Export.Text(TaskSchedulerXml.Format, start))
            .Descendants()
            .Single(element => element.Name.LocalName == "Exec");
        var arguments = action.Elements().Single(element => element.Name.LocalName == "Arguments").Value;

        Assert.DoesNotContain('%', arguments);
        Assert.DoesNotContain('$', arguments);
        Assert.Equal([folder + "/nightly.psd1", folder + "/.eltps"], PathsOf(Assert.Single(ProgramArguments(arguments))));
        Assert.Equal(folder, action.Elements().Single(element => element.Name.LocalName == "WorkingDirectory").Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\\"b")]
    [InlineData(@"C:\a\")]
    [InlineData(@"\\server\share\\")]
    public void A_program_on_Windows_is_given_its_argument(string argument) =>
        Assert.Equal([argument], ProgramArguments(WindowsCommandLine.Join([argument])).DefaultIfEmpty(string.Empty));

    [Theory]
    [InlineData(@"C:\nightly.psd1", @"C:\")]
    [InlineData(@"C:\a\nightly.psd1", @"C:\a")]
    [InlineData(@"\\server\share\nightly.psd1", @"\\server\share")]
    public void The_folder_to_start_in_is_the_pipeline_files_on_Windows(string config, string folder) =>
        Assert.Equal(folder, (Export.Command("/x") with { Config = config, IsWindows = true }).Folder);

    [Fact]
    public void The_folder_to_start_in_can_be_the_root() =>
        Assert.Equal("/", (Export.Command("/x") with { Config = "/nightly.psd1" }).Folder);

    // What the line gives Invoke-EltPipeline, found by PowerShell itself.
    private static IEnumerable<object> PathsOf(string script)
    {
        using var folder = new TemporaryFolder();
        var spy =
            $"function Invoke-EltPipeline($Config, [switch] $Scheduled, $StatePath) {{ if ($Scheduled) {{ $Config; $StatePath }} }}; "
                + $"{script}";
        return ScriptExecutor.RunIn(folder.Path, spy).Succeeded().Output;
    }

    // "Parsing C command-line arguments".
    private static IEnumerable<string> ProgramArguments(string line)
    {
        var word = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            var backslashes = 0;
            while (index < line.Length && line[index] == '\\')
            {
                backslashes++;
                index++;
            }

            var isQuote = index < line.Length && line[index] == '"';
            word.Append('\\', isQuote ? backslashes / 2 : backslashes);
            if (index == line.Length)
            {
                break;
            }

            if (isQuote && backslashes % 2 == 0)
            {
                isQuoted = !isQuoted;
            }
            else if (line[index] == ' ' && !isQuoted)
            {
                yield return word.ToString();
                word.Clear();
            }
            else
            {
                word.Append(line[index]);
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
