using System.Globalization;

namespace EltPs.Engine.Definitions;

/// <summary>One key that a table of a pipeline file may have: all that is said of it anywhere is said by its declaration.</summary>
/// <param name="key">The key.</param>
public abstract class TableOption(string key)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>Whether a file may have it as well, for all tables that do not have it.</summary>
    public bool IsForFile { get; init; }

    /// <summary>Whether it is a part of a definition's hash.</summary>
    public HashRule Hash { get; init; } = HashRule.WhenSet;

    /// <summary>What documentation and a new file say of it.</summary>
    public required OptionHelp Help { get; init; }

    /// <summary>What is wrong with it beside the other values; null if nothing is.</summary>
    public Func<OptionValues, string?>? Rule { get; init; }

    /// <summary>The value of a table that has none.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>What holds where nothing is written, as documentation says it.</summary>
    public string Without => Help.Without ?? $"`{Literal(DefaultValue)}`";

    /// <summary>The key.</summary>
    public override string ToString() => Key;

    /// <summary>Takes what a file writes; false after a complaint.</summary>
    internal abstract bool TryParse(OptionNode node, out object? value);

    /// <summary>A value as it is hashed: one text, or several of a list.</summary>
    internal static IReadOnlyList<string?> HashParts(object? value) => value is IEnumerable<string> texts
        ? [.. texts]
        : [(value as IFormattable)?.ToString(null, CultureInfo.InvariantCulture) ?? value?.ToString()];

    private static string Literal(object? value) => value switch
    {
        bool flag => flag ? "$true" : "$false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"'{value}'"),
    };
}

/// <summary>One key that a table of a pipeline file may have, with the type of its value.</summary>
/// <param name="key">The key.</param>
/// <param name="ifMissing">The value of a table that has none.</param>
/// <param name="parser">Takes what a file writes.</param>
public sealed class TableOption<T>(string key, T ifMissing, OptionParser<T> parser) : TableOption(key)
{
    /// <summary>The value of a table that has none.</summary>
    public T IfMissing { get; } = ifMissing;

    /// <inheritdoc/>
    public override object? DefaultValue => IfMissing;

    /// <inheritdoc/>
    internal override bool TryParse(OptionNode node, out object? value)
    {
        var isFine = parser(node, out var taken);
        value = taken;
        return isFine;
    }
}
