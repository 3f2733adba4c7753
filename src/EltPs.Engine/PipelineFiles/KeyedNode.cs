using System.Globalization;
using EltPs.Engine.Files;

namespace EltPs.Engine.PipelineFiles;

/// <summary>A table of known keys; complains about unknown and repeated ones, and about values of the wrong type.</summary>
internal sealed class KeyedNode
{
    // A file with more unknown keys than this is no pipeline file, and finding the nearest takes time.
    private const int MostAdvice = 1000;
    private static readonly string[] DurationForms =
    [
        @"h\:mm\:ss",
        @"hh\:mm\:ss",
        @"h\:mm\:ss\.FFF",
        @"hh\:mm\:ss\.FFF",
        @"d\.hh\:mm\:ss",
        @"d\.hh\:mm\:ss\.FFF",
    ];
    private readonly Dictionary<string, TableEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ComplaintList _complaints;

    /// <param name="node">The table.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="complaints">Takes what is wrong.</param>
    /// <param name="find">Finds the known key that was meant, where a key has several spellings; null where only the case does not
    /// matter.</param>
    public KeyedNode(TableNode node, IReadOnlyCollection<string> known, ComplaintList complaints, Func<string, string?>? find = null)
    {
        Node = node;
        _complaints = complaints;
        foreach (var entry in node.Entries)
        {
            var key = find is null
                ? known.FirstOrDefault(name => string.Equals(name, entry.Key, StringComparison.OrdinalIgnoreCase))
                : find(entry.Key);
            if (key is null)
            {
                var advice =
                    complaints.Count < MostAdvice && NearestKey.Find(entry.Key, known) is { } nearest
                        ? $"did you mean {nearest}?"
                        : $"known are {string.Join(", ", known)}.";
                complaints.Add(entry.Line, entry.Column, $"Unknown key {ComplaintList.Show(entry.Key)}; {advice}");
            }
            else if (!_entries.TryAdd(key, entry))
            {
                complaints.Add(
                    entry.Line,
                    entry.Column,
                    $"The key {entry.Key} is here twice (first in line {_entries[key].Line}); remove one.");
            }
        }
    }

    public TableNode Node { get; }

    public TableEntry? Find(string key) => _entries.GetValueOrDefault(key);

    /// <summary>A text that is not blank; null, with a complaint, for anything else.</summary>
    public ScalarNode? Text(string key)
    {
        if (Find(key) is not { } entry)
        {
            return null;
        }

        return AsText(entry.Value, key, _complaints);
    }

    /// <summary>A text that is not blank, a whole number or a truth value, as text; null, with a complaint, for anything else.</summary>
    public string? TextOrNumber(string key) => Find(key)?.Value switch
    {
        null => null,
        ScalarNode { Value: long number } => number.ToString(CultureInfo.InvariantCulture),
        ScalarNode { Value: bool flag } => flag ? "true" : "false",
        var node => AsText(node, key, _complaints)?.Value as string,
    };

    public bool Flag(string key, bool ifMissing)
    {
        if (Find(key) is not { } entry)
        {
            return ifMissing;
        }

        if (entry.Value is ScalarNode { Value: bool flag })
        {
            return flag;
        }

        _complaints.Add(entry.Value, $"{key} is {Describe(entry.Value)}; write $true or $false.");
        return ifMissing;
    }

    public long WholeNumber(string key, long ifMissing, long most = long.MaxValue)
    {
        if (Find(key) is not { } entry)
        {
            return ifMissing;
        }

        if (entry.Value is ScalarNode { Value: long number and >= 0 } && number <= most)
        {
            return number;
        }

        var range = most == long.MaxValue ? "from 0 on" : $"from 0 to {most}";
        _complaints.Add(entry.Value, $"{key} is {Describe(entry.Value)}; write a whole number {range}.");
        return ifMissing;
    }

    /// <summary>
    /// A time: a number is seconds, a text is <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>; more than nothing and at most <paramref name="most"/>.
    /// </summary>
    public TimeSpan Duration(string key, TimeSpan ifMissing, TimeSpan most)
    {
        if (Find(key) is not { } entry)
        {
            return ifMissing;
        }

        // PowerShell's own conversion would take 30 for ticks and '30' for days.
        TimeSpan? time = entry.Value switch
        {
            ScalarNode { Value: long seconds } => FromSeconds(seconds, most),
            ScalarNode { Value: double seconds } => FromSeconds(seconds, most),
            ScalarNode { Value: string text }
                when TimeSpan.TryParseExact(text.Trim(), DurationForms, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        if (time is { } given && given > TimeSpan.Zero && given <= most)
        {
            return given;
        }

        var problem = time is null ? Describe(entry.Value) : time > most ? "too long" : "no time at all";
        _complaints.Add(
            entry.Value,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{key} is {problem}; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
                    + $"{most.TotalSeconds:0} seconds."));
        return ifMissing;
    }

    // Not a number, and what a TimeSpan cannot hold on either side, must end in the complaint and not in an overflow.
    private static TimeSpan FromSeconds(double seconds, TimeSpan most) =>
        !(seconds > 0) ? TimeSpan.Zero : seconds <= most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public T Choice<T>(string key, T ifMissing)
        where T : struct, Enum
    {
        if (Text(key) is not { Value: string text } node)
        {
            return ifMissing;
        }

        if (Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        _complaints.Add(
            node,
            $"{key} {ComplaintList.Show(text)} is unknown; write {string.Join(" or ", Enum.GetNames<T>().Select(name => $"'{name}'"))}.");
        return ifMissing;
    }

    public IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is not { } entry)
        {
            return [];
        }

        var items = entry.Value is ListNode list ? list.Items : [entry.Value];
        return [.. items.Select(item => AsText(item, key, _complaints)?.Value).OfType<string>()];
    }

    public static ScalarNode? AsText(DataNode node, string key, ComplaintList complaints)
    {
        if (node is ScalarNode { Value: string text } scalar && !string.IsNullOrWhiteSpace(text))
        {
            return scalar;
        }

        complaints.Add(node, $"{key} is {Describe(node)}; write text in single quotes.");
        return null;
    }

    /// <summary>What a value is, in words; never the value itself, which may be a secret.</summary>
    public static string Describe(DataNode node) => node switch
    {
        ListNode => "a list",
        TableNode => "a table @{…}",
        ScalarNode { Value: string text } => string.IsNullOrWhiteSpace(text) ? "empty text" : "text",
        ScalarNode { Value: bool } => "$true or $false",
        ScalarNode { Value: long } number => (long)number.Value < 0 ? "a negative number" : "a number",
        ScalarNode { Value: double } => "a number with a fraction, or too big a one",
        _ => "$null",
    };
}
