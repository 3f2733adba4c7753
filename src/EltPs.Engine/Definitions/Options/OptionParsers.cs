using EltPs.Engine.Files;

namespace EltPs.Engine.Definitions;

/// <summary>The types that an option may have.</summary>
internal static class OptionParsers
{
    /// <summary><c>$true</c> or <c>$false</c>.</summary>
    public static bool Flag(OptionNode node, out bool value)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Take(NodeValue.Flag(node.Value, node.Key, node.Complaints), out value);
    }

    /// <summary>A whole number from 0 to a greatest one.</summary>
    public static OptionParser<long> WholeNumber(long most = long.MaxValue) => (node, out value) =>
        Take(NodeValue.WholeNumber(node.Value, node.Key, node.Complaints, most), out value);

    /// <summary>A time: a number of seconds, <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.</summary>
    public static OptionParser<TimeSpan> Duration(TimeSpan most) => (node, out value) =>
        Take(NodeValue.Duration(node.Value, node.Key, node.Complaints, most), out value);

    /// <summary>One of the names of an enumeration.</summary>
    public static bool Choice<T>(OptionNode node, out T value)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(node);
        return Take(NodeValue.Choice<T>(node.Value, node.Key, node.Complaints), out value);
    }

    /// <summary>A text that is not blank.</summary>
    public static bool Text(OptionNode node, out string value)
    {
        ArgumentNullException.ThrowIfNull(node);
        value = NodeValue.Text(node.Value, node.Key, node.Complaints)?.Value as string ?? string.Empty;
        return value.Length > 0;
    }

    /// <summary>An option without a value of its own where a file does not set it.</summary>
    public static OptionParser<T?> Optional<T>(OptionParser<T> parser)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(parser);
        return (node, out value) =>
        {
            var isFine = parser(node, out var taken);
            value = isFine ? taken : null;
            return isFine;
        };
    }

    private static bool Take<T>(T? found, out T value)
        where T : struct
    {
        value = found.GetValueOrDefault();
        return found is not null;
    }
}
