using System.Xml.Linq;
using EltPs.Engine.Errors;
using EltPs.Engine.Schedulers;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>A pipeline's name, and its folder's, change only the text that they stand for.</summary>
public sealed class HostileNameTests
{
    public static TheoryData<string> Names =>
    [
            "plain",
            "it's",
            "\"quoted\"",
            "50% %n %%",
            "a]]>b",
            "-->",
            "--",
            "- -- ---",
            "'''",
            "*/",
            "/* //",
            "${x} $(id) `id` $x",
            @"\",
            @"C:\users\u",
            "# ; | & > <",
            "ü 🙂 „“ ’",
            "%USERNAME%",
            "@reboot",
            "<b>&amp;",
            "{{ ds }}",
            "-x",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_stands_only_in_a_comment_of_a_crontab(string name) =>
        Assert.Equal(Code(Crontab.Format, "plain"), Code(Crontab.Format, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_stands_only_in_comments_and_descriptions_of_units(string name)
    {
        foreach (var ending in new[] { ".service", ".timer" })
        {
            var lines = Lines(name, ending);
            Assert.Equal(
                Lines("plain", ending).Where(line => !line.StartsWith("Description=", StringComparison.Ordinal)),
                lines.Where(line => !line.StartsWith("Description=", StringComparison.Ordinal)));
            Assert.Contains(
                name.Replace("%", "%%", StringComparison.Ordinal),
                Assert.Single(lines, line => line.StartsWith("Description=", StringComparison.Ordinal)),
                StringComparison.Ordinal);
            Assert.All(lines, line => Assert.False(line.EndsWith('\\'), line));
        }

        static List<string> Lines(string name, string ending) =>
            [
                .. Export
                    .Text(SystemdUnits.Format, Export.Start("@daily", name: name), ending)
                    .Split('\n')
                    .Where(line => !line.StartsWith('#')),
            ];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_stands_only_in_comments_and_the_stage_of_a_Jenkinsfile(string name)
    {
        var text = Export.Text(JenkinsPipeline.Format, Export.Start("@daily", name: name));
        var lines = text.Split('\n');
        var stage = Assert.Single(lines, line => line.TrimStart().StartsWith("stage('", StringComparison.Ordinal));

        Assert.Equal(name, GroovyLiteral.Read(stage.TrimStart()["stage(".Length..]));
        Assert.Equal(Other("plain"), Other(name));

        // Groovy reads a backslash with u as a letter's number everywhere, so in a comment there is none.
        Assert.DoesNotContain(lines, line =>
            line.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.Contains('\\', StringComparison.Ordinal));

        static List<string> Other(string name) =>
            [
                .. Export
                    .Text(JenkinsPipeline.Format, Export.Start("@daily", name: name))
                    .Split('\n')
                    .Where(line =>
                        !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("stage('", StringComparison.Ordinal)
                    ),
            ];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_stands_only_in_the_comment_and_the_description_of_a_task(string name)
    {
        var task = XDocument.Parse(Export.Text(TaskSchedulerXml.Format, Export.Start("@daily", name: name)));

        Assert.Contains(
            $"pipeline {name} (EltPs)",
            task.Descendants().Single(element => element.Name.LocalName == "Description").Value,
            StringComparison.Ordinal);
        Assert.Single(task.Nodes().OfType<XComment>());
        Assert.Equal(Other(XDocument.Parse(Export.Text(TaskSchedulerXml.Format, Export.Start("@daily")))), Other(task));

        static string Other(XDocument task)
        {
            task.Descendants().Single(element => element.Name.LocalName == "RegistrationInfo").Remove();
            return task.Root!.ToString();
        }
    }

    [Theory]
    [InlineData("/srv/a\nb")]
    [InlineData("/srv/a\u2028b")]
    public void A_folder_with_a_line_break_is_refused(string folder)
    {
        foreach (var format in SchedulerFormats.All)
        {
            var refusal = Assert.Throws<EltException>(() => SchedulerFiles.Of(format, Export.Start("@daily", folder: folder)));
            Assert.Equal(EltErrorKind.NotExportable, refusal.Kind);
        }
    }

    [Theory]
    [InlineData("TaskScheduler", "/srv/%USERNAME%")]
    [InlineData("TaskScheduler", "/srv/$(Arg0)")]
    public void A_folder_that_a_scheduler_would_read_as_something_else_is_refused(string format, string folder) =>
        Assert.Equal(
            EltErrorKind.NotExportable,
            Assert
                .Throws<EltException>(() => SchedulerFiles.Of(SchedulerFormats.Find(format)!, Export.Start("@daily", folder: folder)))
                .Kind);

    [Fact]
    public void A_command_that_cron_would_cut_is_refused() => Assert.Equal(
        EltErrorKind.NotExportable,
            Assert
                .Throws<EltException>(() =>
                    SchedulerFiles.Of(Crontab.Format, Export.Start("@daily", folder: "/" + new string('x', 400))))
                .Kind);

    [Fact]
    public void Only_a_variable_that_can_be_one_is_named()
    {
        var start = Export.Start("@daily", secrets: ["GOOD_1", "bad-name", "1BAD", "x}\nenvironment { A"]);

        foreach (var format in SchedulerFormats.All)
        {
            var text = string.Concat(SchedulerFiles.Of(format, start).Files.Select(file => file.Text));
            Assert.Contains("GOOD_1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("bad-name", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("1BAD", text, StringComparison.Ordinal);
            Assert.DoesNotContain("{ A", text, StringComparison.Ordinal);
        }
    }

    private static string Code(SchedulerFormat format, string name) =>
        string.Join('\n', Export.Text(format, Export.Start("@daily", name: name)).Split('\n').Where(line => !line.StartsWith('#')));
}
