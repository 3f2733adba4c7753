using System.Xml.Linq;
using Xunit;

namespace EltPs.Tests.Docs;

public sealed class HelpSectionTests(ModuleHelp module) : IClassFixture<ModuleHelp>
{
    private static readonly string[] Sections =
        ["details", "description", "syntax", "parameters", "inputTypes", "returnValues", "alertSet", "examples", "relatedLinks"];


    public static TheoryData<string> Cmdlets => HelpTests.Cmdlets;

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_link_leads_to_another_cmdlet_or_topic_of_the_module(string cmdlet)
    {
        var links = module.Of(cmdlet).Links;

        Assert.Equal(links.Distinct(StringComparer.OrdinalIgnoreCase), links);
        Assert.All(links, link => Assert.Contains(link, module.Cmdlets.Keys.Except([cmdlet]).Concat(ModuleHelp.Topics)));
        Assert.Contains(links, link => module.Cmdlets.ContainsKey(link));
        Assert.Contains("about_EltPs", links);
    }

    [Fact]
    public void Every_topic_is_reached_from_a_cmdlet()
    {
        var reached = module.Cmdlets.Keys.SelectMany(cmdlet => module.Of(cmdlet).Links).ToHashSet(StringComparer.Ordinal);

        Assert.All(ModuleHelp.Topics, topic => Assert.Contains(topic, reached));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_help_shows_notes_and_what_goes_in_and_out(string cmdlet)
    {
        var help = module.Of(cmdlet);

        Assert.EndsWith(".", help.Notes, StringComparison.Ordinal);
        Assert.Equal(help.InputTypes.Count + help.OutputTypes.Count, help.InputsAndOutputs.Count);
        Assert.All(help.InputsAndOutputs, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void No_section_is_missing_or_empty(string cmdlet)
    {
        var help = Written(cmdlet);

        Assert.Equal(Sections, help.Elements().Select(section => section.Name.LocalName));

        // An empty paragraph at the end of a remark is the blank line between two examples.
        var empty = help.Descendants()
            .Where(element => !element.HasElements && string.IsNullOrWhiteSpace(element.Value))
            .Where(element =>
                element.Name.LocalName != "para" || element.Parent!.Name.LocalName != "remarks" || element.NextNode is not null);
        Assert.Empty(empty.Select(element => $"{element.Parent!.Name.LocalName}/{element.Name.LocalName}"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_has_a_default_value_and_a_type(string cmdlet) => Assert.All(
        Written(cmdlet).Elements().Single(section => section.Name.LocalName == "parameters").Elements(),
        parameter =>
        {
            var name = Child(parameter, "name");
            Assert.False(string.IsNullOrWhiteSpace(Child(parameter, "defaultValue")), $"{name} has no default value; write None.");
            Assert.False(string.IsNullOrWhiteSpace(Child(parameter, "type")), $"{name} has no type.");
        });

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_examples_are_counted_and_explained(string cmdlet)
    {
        var examples = Written(cmdlet).Descendants().Where(element => element.Name.LocalName == "example").ToList();

        for (var number = 1; number <= examples.Count; number++)
        {
            Assert.StartsWith($"Example {number}: ", Child(examples[number - 1], "title"), StringComparison.Ordinal);
            Assert.EndsWith(".", Child(examples[number - 1], "remarks"), StringComparison.Ordinal);
        }
    }

    private static XElement Written(string cmdlet) => XDocument.Load(ModuleHelp.Files.Single(file => Path.GetExtension(file) == ".xml"))
        .Root!.Elements()
        .Single(command => Child(command.Elements().First(), "name") == cmdlet);

    private static string Child(XElement parent, string name) =>
        parent.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? string.Empty;
}
