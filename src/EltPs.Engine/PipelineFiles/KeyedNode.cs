using System.Globalization;
using EltPs.Engine.Files;

namespace EltPs.Engine.PipelineFiles;

/// <summary>A table of known keys; complains about unknown and repeated ones, and about values of the wrong type.</summary>
internal sealed class KeyedNode
{
    // A file with more unknown keys than this is no pipeline file, and finding the nearest takes time.
    private const int MostAdvice = 1000;
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
    public ScalarNode? Text(string key) => Find(key) is { } entry ? NodeValue.Text(entry.Value, key, _complaints) : null;

    /// <summary>A text that is not blank, a whole number or a truth value, as text; null, with a complaint, for anything else.</summary>
    public string? TextOrNumber(string key) => Find(key)?.Value switch
    {
        null => null,
        ScalarNode { Value: long number } => number.ToString(CultureInfo.InvariantCulture),
        ScalarNode { Value: bool flag } => flag ? "true" : "false",
        var node => NodeValue.Text(node, key, _complaints)?.Value as string,
    };

    public bool Flag(string key, bool ifMissing) =>
        Find(key) is { } entry ? NodeValue.Flag(entry.Value, key, _complaints) ?? ifMissing : ifMissing;

    /// <summary>A time, as <see cref="NodeValue.Duration"/> takes it.</summary>
    public TimeSpan Duration(string key, TimeSpan ifMissing, TimeSpan most) =>
        Find(key) is { } entry ? NodeValue.Duration(entry.Value, key, _complaints, most) ?? ifMissing : ifMissing;

    public IReadOnlyList<string> Texts(string key) => Find(key) is { } entry ? NodeValue.Texts(entry.Value, key, _complaints) : [];
}
