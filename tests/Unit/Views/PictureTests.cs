using System.Management.Automation;
using System.Xml.Linq;
using EltPs.Objects;
using EltPs.Tests.Objects;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Views;

/// <summary>What each view shows on a screen of 80 and of 120 columns: the pictures in Approved.</summary>
public sealed class PictureTests(ViewScreen screen) : IClassFixture<ViewScreen>
{
    private const string Picture = "-out-of-a-file";

    private static readonly Dictionary<string, Func<IEnumerable<object>>> Shown = new(StringComparer.Ordinal)
    {
        ["run"] = () => [SampleObjects.Succeeded],
        ["run-failed"] = () => [SampleObjects.Failed],
        ["run-of-an-interval"] = () => [SampleObjects.ForAnInterval],
        ["run-of-nothing"] = () => [SampleObjects.Nothing],
        ["run-with-743-skipped-tables"] = () => [SampleObjects.ManySkipped],
        ["run-with-rather-long-names"] = () => [SampleObjects.RatherLongNames],
        ["run-with-names-of-120-characters"] = () => [SampleObjects.LongNames],
        ["runs"] = () => SampleObjects.Runs,
        ["tables-of-a-run"] = () => SampleObjects.Failed.Tables,
        ["tables-of-a-run-with-names-of-120-characters"] = () => SampleObjects.LongNames.Tables,
        ["checks"] = () => SampleObjects.Failed.Checks,
        ["failed-attempts"] = () => SampleObjects.Failed.FailedAttempts,
        ["tables"] = () => SampleObjects.Tables,
        ["tables-with-names-of-120-characters"] = () => [SampleObjects.LongNamed, SampleObjects.Table],
        ["steps"] = () =>
        [
            SampleObjects.Staged, SampleObjects.Verified, SampleObjects.FirstPublished, SampleObjects.Published, SampleObjects.Undone,
        ],
        ["step-with-a-name-of-120-characters"] = () => [SampleObjects.StagedLong],
        ["connections"] = () => SampleObjects.Connections,
        ["connection-test"] = () => [SampleObjects.ConnectionAnswer],
        ["pipeline-test"] = () => [SampleObjects.Valid],
        ["pipeline-test-with-findings"] = () => [SampleObjects.NotValid],
        ["findings"] = () => SampleObjects.NotValid.Findings,
        ["schedule-test"] = () => [SampleObjects.Late],
        ["exported-schedule"] = () => [SampleObjects.Exported],
        ["new-pipeline-file"] = () => [NewFile()],
        ["alert-deliveries"] = () => [SampleObjects.Delivery],
        ["runs-and-tables-in-one-pipeline"] = () => [SampleObjects.Succeeded, .. SampleObjects.Tables, SampleObjects.Failed],
    };

    public static TheoryData<string, int> Pictures
    {
        get
        {
            var pictures = new TheoryData<string, int>();
            foreach (var name in Shown.Keys)
            {
                pictures.Add(name, 80);
                pictures.Add(name, 120);
            }

            return pictures;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_screen_shows_the_approved_picture(string name, int width)
    {
        var shown = screen.Show(width, Shown[name]());

        ApprovedPicture.Matches(name, width, shown);
        Assert.DoesNotContain("EltPs.Objects", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("{}", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length < width || IsWhole(line), line));
    }

    // A file keeps no more of an object than its properties: the picture of the picture is the same, but for what stopped a run, which no
    // error tells there.
    [Theory]
    [MemberData(nameof(Pictures))]
    public void An_object_out_of_a_file_shows_the_same(string name, int width)
    {
        var pictures = screen.Run(
            "$input | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]"
                + "::Serialize($_)) }",
            Shown[name]());

        var shown = screen.Show(width, pictures);

        if (name is "run-failed" or "run-with-743-skipped-tables" or "runs-and-tables-in-one-pipeline")
        {
            ApprovedPicture.Matches(name + Picture, width, shown);
        }
        else
        {
            Assert.Equal(screen.Show(width, Shown[name]()), shown);
        }
    }

    [Fact]
    public void Every_approved_picture_is_one_of_these()
    {
        var names = Shown.Keys.SelectMany(name => new[] { name, name + Picture });

        Assert.All(ApprovedPicture.Names, file => Assert.Contains(Path.GetFileNameWithoutExtension(file), names));
    }

    [Fact]
    public void Every_type_that_has_a_view_has_a_picture()
    {
        var format = XDocument.Load(Path.Combine(Path.GetDirectoryName(BuiltModule.Manifest)!, "EltPs.Format.ps1xml"));
        var viewed = format.Descendants("TypeName").Select(name => name.Value);
        var pictured = Shown.Values.SelectMany(make => make()).Select(value => PSObject.AsPSObject(value).TypeNames[0]);

        Assert.Equal(viewed.Distinct().Order(), pictured.Distinct().Order());
    }

    [Fact]
    public void Every_heading_is_a_property_of_that_name()
    {
        var format = XDocument.Load(Path.Combine(Path.GetDirectoryName(BuiltModule.Manifest)!, "EltPs.Format.ps1xml"));
        var headings = format.Descendants("View")
            .SelectMany(view => view.Descendants("Label").Select(label => (view.Descendants("TypeName").First().Value, label.Value)))
            .ToList();

        Assert.True(headings.Count > 20, $"There are {headings.Count} headings.");
        Assert.All(headings, heading => Assert.NotNull(typeof(EltObject).Assembly.GetType(heading.Item1)!.GetProperty(heading.Item2)));

        Assert.All(HeadingsOf(SampleObjects.Succeeded), heading => Assert.NotNull(typeof(EltTableResult).GetProperty(heading)));
        Assert.All(HeadingsOf(SampleObjects.Journaled), heading => Assert.NotNull(typeof(EltJournaledRun).GetProperty(heading)));

        IEnumerable<string> HeadingsOf(EltRun run) =>
            screen.Show(120, [run]).Trim('\n').Split('\n')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // PowerShell cuts the rows of a table at the screen's width in a file too, so nothing but the end of a message may be there.
    [Theory]
    [InlineData("$input | Out-String")]
    [InlineData("$file = New-TemporaryFile; $input | Out-File $file; Get-Content $file -Raw; Remove-Item $file")]
    public void A_file_has_each_word_whole(string script)
    {
        screen.SetWidth(80);
        var failed = screen.Run($"$input | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Deserialize("
            + "[System.Management.Automation.PSSerializer]::Serialize($_)) }", SampleObjects.Failed);

        var words = string.Concat(screen.Run(script, [.. SampleObjects.Runs, .. failed, SampleObjects.NotValid, SampleObjects.LongNames]))
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

        Assert.All(SampleObjects.Runs, run => Assert.Contains(run.RunId, words));
        Assert.All(SampleObjects.Failed.Message!.Split([' ', '\n']), word => Assert.Contains(word, words));
        Assert.All(SampleObjects.NotValid.Findings[0].Message.Split(' '), word => Assert.Contains(word, words));
        Assert.Contains("'/srv/jobs/mau.psd1'", words);
    }

    // What is longer than the screen and is not broken: a name, behind a word at most, and a command, which is to be copied.
    private static bool IsWhole(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: <= 2 } || line.StartsWith("  Get-EltRow ", StringComparison.Ordinal);

    private static PSObject NewFile()
    {
        // Of no machine's file system.
        var file = new PSObject();
        file.Properties.Add(new PSNoteProperty("FullName", "/srv/jobs/sales.psd1"));
        file.TypeNames.Insert(0, "EltPs.PipelineFile");
        return file;
    }
}
