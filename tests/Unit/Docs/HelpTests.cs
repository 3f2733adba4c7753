using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.Tests.Samples;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Docs;

public sealed partial class HelpTests(ModuleHelp module) : IClassFixture<ModuleHelp>
{
    public static TheoryData<string> Cmdlets => [.. typeof(ErrorTable).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false))
        .Cast<CmdletAttribute>()
        .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_a_synopsis_and_a_description(string cmdlet)
    {
        var help = module.Of(cmdlet);

        // Without help of its own, PowerShell makes the synopsis of the syntax.
        Assert.EndsWith(".", help.Synopsis, StringComparison.Ordinal);
        Assert.DoesNotContain(cmdlet, help.Synopsis, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(".", help.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described_as_it_is(string cmdlet)
    {
        var declared = module.Cmdlets[cmdlet].ParameterSets
            .SelectMany(set => set.Parameters)
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .DistinctBy(parameter => parameter.Name)
            .Select(Describe);
        var described = module.Of(cmdlet).Parameters;

        Assert.Equal(
            declared.OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
            described.Select(parameter => parameter with { Description = "" }).OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
        );
        Assert.All(described, parameter => Assert.EndsWith(".", parameter.Description, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_way_to_call_it_is_in_the_syntax(string cmdlet)
    {
        var declared = module.Cmdlets[cmdlet].ParameterSets
            .Select(set => set.Parameters.Select(parameter => parameter.Name).Except(Cmdlet.CommonParameters));

        Assert.Equal(declared.Select(Sorted).Order(), module.Of(cmdlet).Syntaxes.Select(syntax => Sorted(syntax.Split(' '))).Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_inputs_and_outputs_exist(string cmdlet)
    {
        var help = module.Of(cmdlet);

        Assert.Equal(module.Cmdlets[cmdlet].OutputType.Select(type => type.Name), help.OutputTypes);
        Assert.NotEmpty(help.InputTypes);
        Assert.All(help.InputTypes, name => Assert.NotNull(typeof(EltTable).Assembly.GetType(name) ?? Type.GetType(name)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_examples_use_only_what_the_module_has(string cmdlet)
    {
        var examples = module.Of(cmdlet).Examples;

        Assert.True(examples.Count >= 3, $"{cmdlet} has {examples.Count} examples.");
        var reader = new CommandReader(module.Cmdlets);
        Assert.All(examples, example =>
        {
            Assert.Empty(reader.Mistakes(example));
            var called = Parser.ParseInput(example, out _, out _).FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
                .Select(call => ((CommandAst)call).GetCommandName());
            Assert.Contains(cmdlet, called);
            Assert.All(called, name => Assert.Contains(name, module.Cmdlets.Keys));
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_examples_run_in_their_order(string cmdlet)
    {
        using var folder = new TemporaryFolder();
        MauSample.CopyTo(folder.Path);
        var script = string.Join('\n', module.Of(cmdlet).Examples.Prepend("$null = Invoke-EltPipeline mau.psd1"));

        ScriptExecutor.RunIn(folder.Path, script).Succeeded();
    }

    [Fact]
    public void About_the_module_tells_of_every_cmdlet()
    {
        var text = module.Topic("about_EltPs").ToString();

        Assert.All(module.Cmdlets.Keys, cmdlet => Assert.Contains(cmdlet, text, StringComparison.Ordinal));
        Assert.All(text.ReplaceLineEndings("\n").Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void The_help_speaks_only_of_commands_and_errors_that_exist()
    {
        var errors = ErrorTable.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(1 + ModuleHelp.Topics.Count, ModuleHelp.Files.Count);
        foreach (var text in ModuleHelp.Files.Select(Text))
        {
            Assert.NotEmpty(CommandName().Matches(text));
            Assert.All(CommandName().Matches(text), match => Assert.Contains(match.Value, module.Cmdlets.Keys));
            Assert.NotEmpty(ErrorIdentifier().Matches(text));
            Assert.All(ErrorIdentifier().Matches(text), match => Assert.Contains(match.Value, errors));
        }
    }

    private static string Text(string path) => Path.GetExtension(path) == ".xml"
        ? string.Join(
            '\n',
                XDocument
                    .Load(path)
                    .Descendants()
                    .Where(element => element.Name.LocalName is "para" or "linkText")
                    .Select(element => element.Value))
        : File.ReadAllText(path);

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static ParameterHelp Describe(CommandParameterInfo parameter) => new(
        parameter.Name,
        parameter.IsMandatory ? "true" : "false",
        parameter.Position == int.MinValue ? "named" : parameter.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
        parameter switch
        {
            { ValueFromPipeline: true, ValueFromPipelineByPropertyName: true } => "true (ByValue, ByPropertyName)",
            { ValueFromPipeline: true } => "true (ByValue)",
            { ValueFromPipelineByPropertyName: true } => "true (ByPropertyName)",
            _ => "false",
        },
        parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false",
        parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases),
        Description: "");

    [GeneratedRegex(@"\b[A-Z][a-z]+-Elt\w*")]
    private static partial Regex CommandName();

    // EltPs itself is none.
    [GeneratedRegex(@"(?<![-\w])Elt(?!Ps)[A-Z]\w+")]
    private static partial Regex ErrorIdentifier();
}
