using System.Collections;
using System.Management.Automation;

namespace EltPs.Runs;

/// <summary>What -Variable was given.</summary>
internal static class VariableArgument
{
    /// <summary>Names and values, free of PowerShell's wrappers.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary given) =>
        from DictionaryEntry entry in given
        select KeyValuePair.Create(entry.Key.ToString() ?? string.Empty, Plain(entry.Value));

    private static object? Plain(object? value) => value switch
    {
        PSObject wrapped => Plain(wrapped.BaseObject),
        string or IDictionary => value,
        IEnumerable items => items.Cast<object?>().Select(Plain).ToArray(),
        _ => value,
    };
}
