using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Alerts: who hears of the pipeline's runs.</summary>
internal sealed class AlertReader(PipelineFileContext context, ComplaintList complaints)
{
    public const string Key = "Alerts";

    private const string SlackKey = "Slack";
    private const string WebhookKey = "Webhook";
    private const string OnKey = "On";
    private const string MentionKey = "Mention";
    private const string LinkUrlKey = "LinkUrl";
    private const string RepeatAfterKey = "RepeatAfter";
    private const string Example = "Webhook = 'env:SLACK_WEBHOOK_URL'";
    private static readonly TimeSpan LongestRepeat = TimeSpan.FromDays(366);

    private static string Occasions => string.Join(", ", Enum.GetNames<AlertOccasion>().Select(name => $"'{name}'"));

    public AlertSettings Read(KeyedNode root) => new(context.FullPath, ReadSlack(root));

    private SlackSettings? ReadSlack(KeyedNode root)
    {
        if (Table(root.Find(Key), Key, $"@{{ Slack = @{{ {Example} }} }}") is not { } alerts)
        {
            return null;
        }

        if (alerts.Entries.Count == 0)
        {
            complaints.Add(alerts, $"{Key} is empty; write @{{ {SlackKey} = @{{ {Example} }} }}.");
        }

        var slack = Table(new KeyedNode(alerts, [SlackKey], complaints).Find(SlackKey), SlackKey, $"@{{ {Example} }}");
        return slack is null ? null : ReadSlack(slack);
    }

    private SlackSettings ReadSlack(TableNode node)
    {
        var keys = new KeyedNode(node, [WebhookKey, OnKey, MentionKey, LinkUrlKey, RepeatAfterKey], complaints);
        var settings = new SlackSettings(ReadWebhooks(keys), context.Folder)
        {
            Mentions = ReadMentions(keys),
            Link = ReadLink(keys),
            RepeatAfter = keys.Find(RepeatAfterKey)?.Value is ScalarNode { Value: 0L }
                ? TimeSpan.Zero
                : keys.Duration(RepeatAfterKey, SlackSettings.DefaultRepeatAfter, LongestRepeat),
        };
        return keys.Find(OnKey) is null ? settings : settings with { On = ReadOccasions(keys) };
    }

    private TableNode? Table(TableEntry? entry, string key, string example)
    {
        if (entry is null or { Value: TableNode })
        {
            return (TableNode?)entry?.Value;
        }

        complaints.Add(entry.Value, $"{key} is {NodeValue.Describe(entry.Value)}; write {example}.");
        return null;
    }

    private List<SecretReference> ReadWebhooks(KeyedNode keys)
    {
        if (keys.Find(WebhookKey) is not { } entry)
        {
            complaints.Add(keys.Node, $"{SlackKey} has no {WebhookKey}; add {Example}.");
            return [];
        }

        if (IsEmpty(entry.Value))
        {
            complaints.Add(entry.Value, $"{WebhookKey} is an empty list, so that nobody would ever hear of a run; write {Example}.");
        }

        var webhooks = new List<SecretReference>();
        foreach (var item in Items(entry.Value))
        {
            if (NodeValue.Text(item, WebhookKey, complaints) is not { Value: string text })
            {
                continue;
            }

            if (SecretReference.TryParse(text, out var reference) && reference.Kind != SecretKind.ConnectionsToml)
            {
                webhooks.Add(reference);
            }
            else
            {
                // Never the text: whoever has a webhook's address can write into the channel.
                complaints.Add(
                    item,
                    $"{WebhookKey} is a secret and does not belong into a file; write where it is: 'env:NAME', 'file:PATH' or "
                        + "'secret:VAULT/NAME'.");
            }
        }

        return webhooks;
    }

    private List<AlertOccasion> ReadOccasions(KeyedNode keys)
    {
        if (keys.Find(OnKey) is { } entry && IsEmpty(entry.Value))
        {
            complaints.Add(
                entry.Value,
                $"{OnKey} is an empty list, so that nobody would ever hear of a run; write one or more of {Occasions}, or leave {OnKey} "
                    + "out.");
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

    private List<SlackMention> ReadMentions(KeyedNode keys)
    {
        var mentions = new List<SlackMention>();
        foreach (var (text, item) in Texts(keys, MentionKey))
        {
            if (SlackMention.TryParse(text, out var mention))
            {
                mentions.Add(mention);
            }
            else
            {
                complaints.Add(item, $"{MentionKey} {ComplaintList.Show(text)} is unknown; {SlackMention.Advice}");
            }
        }

        return mentions;
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
            .Select(item => (NodeValue.Text(item, key, complaints)?.Value as string, item))
            .Where(pair => pair.Item1 is not null)
            .Select(pair => (pair.Item1!, pair.item))
        : [];

    private static bool IsEmpty(DataNode node) => node is ListNode { Items.Count: 0 };

    private static IReadOnlyList<DataNode> Items(DataNode node) => node is ListNode list ? list.Items : [node];
}
