using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Alerts: which channels are sent alerts of the pipeline's runs.</summary>
internal sealed class AlertReader(PipelineFileContext context, ComplaintList complaints)
{
    public const string Key = "Alerts";

    private const string OnKey = "On";
    private const string LinkUrlKey = "LinkUrl";
    private const string RepeatAfterKey = "RepeatAfter";
    private static readonly TimeSpan LongestRepeat = TimeSpan.FromDays(366);

    private static string Occasions => string.Join(", ", Enum.GetNames<AlertOccasion>().Select(name => $"'{name}'"));

    public AlertSettings Read(KeyedNode root) => new(context.FullPath, ReadChannels(root));

    private List<ChannelSettings> ReadChannels(KeyedNode root)
    {
        var first = context.Channels[0];
        var example = $"@{{ {first.Channel} = @{{ {Example(first)} }} }}";
        if (Table(root.Find(Key), Key, example) is not { } alerts)
        {
            return [];
        }

        if (alerts.Entries.Count == 0)
        {
            complaints.Add(alerts, $"{Key} is empty; write {example}.");
        }

        var keys = new KeyedNode(alerts, [.. context.Channels.Select(channel => channel.Channel)], complaints);
        var channels = new List<ChannelSettings>();
        foreach (var channel in context.Channels)
        {
            if (Table(keys.Find(channel.Channel), channel.Channel, $"@{{ {Example(channel)} }}") is { } node)
            {
                channels.Add(Read(channel, node));
            }
        }

        return channels;
    }

    private ChannelSettings Read(ChannelKeys channel, TableNode node)
    {
        var own = channel.Own.Select(key => key.Name);
        var keys = new KeyedNode(node, [channel.Target, OnKey, .. own, LinkUrlKey, RepeatAfterKey], complaints);
        var settings = new ChannelSettings(channel.Channel, ReadTargets(channel, keys), context.Folder)
        {
            Own = channel.Own.ToDictionary(key => key.Name, IReadOnlyList<string> (key) => ReadOwn(key, keys), StringComparer.Ordinal),
            Link = ReadLink(keys),
            RepeatAfter = keys.Find(RepeatAfterKey)?.Value is ScalarNode { Value: 0L }
                ? TimeSpan.Zero
                : keys.Duration(RepeatAfterKey, ChannelSettings.DefaultRepeatAfter, LongestRepeat),
        };
        return keys.Find(OnKey) is null ? settings : settings with { On = ReadOccasions(keys) };
    }

    private TableNode? Table(TableEntry? entry, string key, string example)
    {
        if (entry is null or { Value: TableNode })
        {
            return (TableNode?)entry?.Value;
        }

        complaints.Add(entry.Value, $"{key} is {KeyedNode.Describe(entry.Value)}; write {example}.");
        return null;
    }

    private List<SecretReference> ReadTargets(ChannelKeys channel, KeyedNode keys)
    {
        if (keys.Find(channel.Target) is not { } entry)
        {
            complaints.Add(keys.Node, $"{channel.Channel} has no {channel.Target}; add {Example(channel)}.");
            return [];
        }

        if (IsEmpty(entry.Value))
        {
            complaints.Add(entry.Value, $"{channel.Target} is an empty list, so no alert could ever be sent; write {Example(channel)}.");
        }

        var targets = new List<SecretReference>();
        foreach (var (text, item) in Texts(keys, channel.Target))
        {
            if (SecretReference.TryParse(text, out var reference) && reference.Kind != SecretKind.ConnectionsToml)
            {
                targets.Add(reference);
            }
            else
            {
                // Never the text: an address is all that is needed to write into the channel.
                complaints.Add(
                    item,
                    $"{channel.Target} is a secret and does not belong into a file; write where it is: 'env:NAME', 'file:PATH' or "
                        + "'secret:VAULT/NAME'.");
            }
        }

        return targets;
    }

    private List<AlertOccasion> ReadOccasions(KeyedNode keys)
    {
        if (keys.Find(OnKey) is { } entry && IsEmpty(entry.Value))
        {
            complaints.Add(
                entry.Value,
                $"{OnKey} is an empty list, so no alert would ever be sent; write one or more of {Occasions}, or leave {OnKey} out.");
        }

        var occasions = new List<AlertOccasion>();
        foreach (var (text, item) in Texts(keys, OnKey))
        {
            if (Enum.GetNames<AlertOccasion>()
                    .FirstOrDefault(name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase)) is
                { } known)
            {
                occasions.Add(Enum.Parse<AlertOccasion>(known));
            }
            else
            {
                complaints.Add(item, $"{OnKey} {ComplaintList.Show(text)} is unknown; write {Occasions}.");
            }
        }

        return [.. occasions.Distinct()];
    }

    private List<string> ReadOwn(ChannelKey key, KeyedNode keys)
    {
        var values = new List<string>();
        foreach (var (text, item) in Texts(keys, key.Name))
        {
            if (key.Read(text) is { } value)
            {
                values.Add(value);
            }
            else
            {
                complaints.Add(item, $"{key.Name} {ComplaintList.Show(text)} is unknown; {key.Advice}");
            }
        }

        return values;
    }

    private LinkTemplate? ReadLink(KeyedNode keys)
    {
        if (keys.Text(LinkUrlKey) is not { Value: string text } node)
        {
            return null;
        }

        if (!LinkTemplate.TryParse(text, out var template, out var problem))
        {
            complaints.Add(node, $"{LinkUrlKey}: {problem}.");
        }

        return template;
    }

    private IEnumerable<(string Text, DataNode Node)> Texts(KeyedNode keys, string key) => keys.Find(key) is { } entry
        ? Items(entry.Value)
            .Select(item => (KeyedNode.AsText(item, key, complaints)?.Value as string, item))
            .Where(pair => pair.Item1 is not null)
            .Select(pair => (pair.Item1!, pair.item))
        : [];

    private static string Example(ChannelKeys channel) => $"{channel.Target} = '{channel.Example}'";

    private static bool IsEmpty(DataNode node) => node is ListNode { Items.Count: 0 };

    private static IReadOnlyList<DataNode> Items(DataNode node) => node is ListNode list ? list.Items : [node];
}
