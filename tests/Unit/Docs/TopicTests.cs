using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using EltPs.Engine.Definitions;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Tests.PipelineFiles;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Docs;

public sealed partial class TopicTests(ModuleHelp module) : IClassFixture<ModuleHelp>
{
    private const string Table = "Schema = 's'; Table = 't'; Sql = 'SELECT 1'";

    // No key is near, so that the reader lists all that it knows; and short, because a complaint is cut where it gets long.
    private const string Unknown = "zzz";

    private static readonly HelpTopic PipelineFileTopic = new("about_EltPs_Pipeline_File");
    private static readonly HelpTopic SchedulesTopic = new("about_EltPs_Schedules");
    private static readonly HelpTopic SnowflakeTopic = new("about_EltPs_Snowflake");


    public static TheoryData<string> Topics => [.. ModuleHelp.Topics];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found_and_fits_a_console(string name)
    {
        var topic = new HelpTopic(name);

        Assert.Equal(topic.Text, module.Topic(name).ToString().ReplaceLineEndings("\n"));
        Assert.StartsWith($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n    ", topic.Text, StringComparison.Ordinal);
        Assert.All(topic.Text.Split('\n'), line =>
        {
            Assert.InRange(line.Length, 0, 80);
            Assert.Equal(line.TrimEnd(), line);
            Assert.DoesNotContain(line, letter => letter is < ' ' or > '~');
        });
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_refers_to_what_exists(string name)
    {
        var known = module.Cmdlets.Keys.Concat(ModuleHelp.Topics).Except([name]).ToList();

        Assert.NotEmpty(new HelpTopic(name).SeeAlso);
        Assert.All(new HelpTopic(name).SeeAlso, other => Assert.Contains(other, known));
        Assert.All(TopicName().Matches(new HelpTopic(name).Text), match => Assert.Contains(match.Value, ModuleHelp.Topics));
    }

    [Fact]
    public void About_the_module_lists_all_others()
    {
        var about = new HelpTopic("about_EltPs").SeeAlso;

        Assert.Equal(ModuleHelp.Topics.Except(["about_EltPs"]).Concat(module.Cmdlets.Keys).Order(), about.Order());
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Its_examples_are_valid(string name)
    {
        var examples = new HelpTopic(name).Examples;

        Assert.NotEmpty(examples);
        Assert.All(examples, Check);
    }

    [Fact]
    public void Every_key_that_the_reader_knows_is_explained()
    {
        Assert.All(KnownIn(PipelineFile.WithRoot($"{Unknown} = 1")), IsExplained);
        Assert.All(KnownIn(PipelineFile.WithTable($"{Table}; {Unknown} = 1")), IsExplained);
        Assert.All(KnownIn(PipelineFile.WithRoot($"Alerts = @{{ Slack = @{{ Webhook = 'env:X'; {Unknown} = 1 }} }}")), IsExplained);
        Assert.All(KnownIn(PipelineFile.WithRoot($"Alerts = @{{ {Unknown} = 1 }}")), key => Assert.True(PipelineFileTopic.Has(key), key));
        Assert.All(KnownIn(PipelineFile.WithRoot($"Connections = @{{ c = @{{ Path = 'c.duckdb'; {Unknown} = 1 }} }}")), key =>
            Assert.True(PipelineFileTopic.Has(key), key));

        static void IsExplained(string key) => Assert.Contains(key, PipelineFileTopic.Explained);
    }

    [Fact]
    public void Every_value_and_choice_of_the_file_is_named()
    {
        Assert.All(RunValues.Names, name => Assert.Contains(name, PipelineFileTopic.Explained));
        Assert.All(Enum.GetNames<AlertOccasion>().Concat(Enum.GetNames<PublishMethod>()), name =>
            Assert.Contains($"'{name}'", PipelineFileTopic.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_has_the_defaults_that_are_told()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Alerts = @{ Slack = @{ Webhook = 'env:X' } }"));
        var pipeline = file.Load();
        var table = Assert.Single(pipeline.Tables);
        var slack = Assert.Single(pipeline.Alerts!.Channels);

        Assert.Equal((1, true, PublishMethod.Swap), (table.MinimumRows, table.KeepPrevious, table.Publish));
        Assert.Contains($"Without it '{table.Timeout:c}'.", PipelineFileTopic.Text, StringComparison.Ordinal);
        Assert.Contains($"Without it {table.Retry.Retries}.", PipelineFileTopic.Text, StringComparison.Ordinal);
        Assert.Contains($"Without it '{table.Retry.Delay:c}'.", PipelineFileTopic.Text, StringComparison.Ordinal);
        Assert.Contains($"Without it '{slack.RepeatAfter:c}'.", PipelineFileTopic.Text, StringComparison.Ordinal);
        Assert.Equal(
            (AlertOccasion.Failure, AlertOccasion.Recovery, AlertOccasion.Late),
            slack.On is [var first, var second, var third] ? (first, second, third) : default);
    }

    [Fact]
    public void Every_preset_is_explained_with_its_cron_expression()
    {
        foreach (var preset in SchedulePreset.Names)
        {
            Assert.Contains(preset, SchedulesTopic.Explained);
            Assert.Contains(SchedulePreset.Cron(preset)!, SchedulesTopic.Text, StringComparison.Ordinal);
        }

        Assert.All(Enum.GetNames<DueStatus>(), status => Assert.Contains(status, SchedulesTopic.Explained));
    }

    [Fact]
    public void Every_key_and_sign_in_of_snowflake_is_named()
    {
        var signIns = Complaints(PipelineFile.WithRoot("Connections = @{ c = @{ Account = 'a'; User = 'u'; Authenticator = 'none' } }"));

        Assert.All(new WarehouseRegistry().Find("Snowflake")!.ConnectionKeys, key => Assert.True(SnowflakeTopic.Has(key), key));
        Assert.All(SignIns().Match(signIns).Groups["names"].Value.Split(", "), name => Assert.Contains(name, SnowflakeTopic.Explained));
    }

    private void Check(string example)
    {
        if (Statement().IsMatch(example))
        {
            return;
        }

        if (FileKey().IsMatch(example))
        {
            Load(PipelineFile.WithRoot(example));
        }
        else if (!example.StartsWith("@{", StringComparison.Ordinal))
        {
            Assert.Empty(new CommandReader(module.Cmdlets).Mistakes(example));
            var calls = Parser
                .ParseInput(example, out _, out _)
                .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
                .Cast<CommandAst>()
                .ToList();
            Assert.NotEmpty(calls);
            Assert.All(calls, call => Assert.Contains(call.GetCommandName(), module.Cmdlets.Keys));
        }
        else if (example.Contains("Tables ", StringComparison.Ordinal))
        {
            Load(example);
        }
        else
        {
            var name = FirstKey().Match(example).Groups["name"].Value;
            Load(PipelineFile.WithRoot($"Connection = '{name}'"), example);
        }
    }

    private static void Load(string text, string? connections = null)
    {
        using var file = new PipelineFile(text);
        if (connections is not null)
        {
            file.Folder.File("connections.psd1", connections);
        }

        Assert.NotEmpty(file.Load().Tables);
    }

    private static string[] KnownIn(string text) =>
        KnownKeys().Match(Complaints(text)).Groups["names"].Value.Split(", ") is [{ Length: > 0 }, ..] keys
        ? keys
        : throw new InvalidOperationException($"The reader lists no keys: {Complaints(text)}");

    private static string Complaints(string text)
    {
        using var file = new PipelineFile(text);
        return string.Join('\n', file.Refusal().Complaints.Select(complaint => complaint.Message));
    }

    [GeneratedRegex(@"\babout_\w+")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"known are (?<names>[^.]+)\.")]
    private static partial Regex KnownKeys();

    [GeneratedRegex("write one of (?<names>.+), or Okta")]
    private static partial Regex SignIns();

    [GeneratedRegex(@"^(CREATE|GRANT) ")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^[A-Z]\w+ += @\{")]
    private static partial Regex FileKey();

    [GeneratedRegex(@"^@\{\n +(?<name>\w+) = @\{")]
    private static partial Regex FirstKey();
}
