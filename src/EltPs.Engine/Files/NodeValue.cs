using System.Globalization;

namespace EltPs.Engine.Files;

/// <summary>Takes the value of a key for what it is meant to be; complains, at its place, about anything else.</summary>
internal static class NodeValue
{
    private static readonly string[] DurationForms =
    [
        @"h\:mm\:ss",
        @"hh\:mm\:ss",
        @"h\:mm\:ss\.FFF",
        @"hh\:mm\:ss\.FFF",
        @"d\.hh\:mm\:ss",
        @"d\.hh\:mm\:ss\.FFF",
    ];

    /// <summary>A truth value; null after a complaint.</summary>
    public static bool? Flag(DataNode node, string key, ComplaintList complaints)
    {
        ArgumentNullException.ThrowIfNull(complaints);
        if (node is ScalarNode { Value: bool flag })
        {
            return flag;
        }

        complaints.Add(node, $"{key} is {Describe(node)}; write $true or $false.");
        return null;
    }

    /// <summary>A whole number from 0 to a greatest one; null after a complaint.</summary>
    public static long? WholeNumber(DataNode node, string key, ComplaintList complaints, long most = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(complaints);
        if (node is ScalarNode { Value: long number and >= 0 } && number <= most)
        {
            return number;
        }

        var range = most == long.MaxValue ? "from 0 on" : $"from 0 to {most}";
        complaints.Add(node, $"{key} is {Describe(node)}; write a whole number {range}.");
        return null;
    }

    /// <summary>
    /// A time: a number is seconds, a text is <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>; more than nothing and at most <paramref name="most"/>.
    /// Null after a complaint.
    /// </summary>
    public static TimeSpan? Duration(DataNode node, string key, ComplaintList complaints, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(complaints);

        // PowerShell's own conversion would take 30 for ticks and '30' for days.
        TimeSpan? time = node switch
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

        var problem = time is null ? Describe(node) : time > most ? "too long" : "no time at all";
        complaints.Add(
            node,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{key} is {problem}; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most "
                    + $"{most.TotalSeconds:0} seconds."));
        return null;
    }

    /// <summary>One of the names of an enumeration, in any case; null after a complaint.</summary>
    public static T? Choice<T>(DataNode node, string key, ComplaintList complaints)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(complaints);
        if (Text(node, key, complaints) is not { Value: string text })
        {
            return null;
        }

        if (Enum.GetNames<T>().FirstOrDefault(name => string.Equals(name, text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        complaints.Add(
            node,
            $"{key} {ComplaintList.Show(text)} is unknown; write {string.Join(" or ", Enum.GetNames<T>().Select(name => $"'{name}'"))}.");
        return null;
    }

    /// <summary>A text that is not blank, or a list of such; without those that there was a complaint about.</summary>
    public static IReadOnlyList<string> Texts(DataNode node, string key, ComplaintList complaints)
    {
        var items = node is ListNode list ? list.Items : [node];
        return [.. items.Select(item => Text(item, key, complaints)?.Value).OfType<string>()];
    }

    /// <summary>A text that is not blank; null after a complaint.</summary>
    public static ScalarNode? Text(DataNode node, string key, ComplaintList complaints)
    {
        ArgumentNullException.ThrowIfNull(complaints);
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

    // Not a number, and what a TimeSpan cannot hold on either side, must end in the complaint and not in an overflow.
    private static TimeSpan FromSeconds(double seconds, TimeSpan most) =>
        !(seconds > 0) ? TimeSpan.Zero : seconds <= most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
}
