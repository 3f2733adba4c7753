namespace EltPs.Engine.Definitions;

/// <summary>The options of a table that have a value, from its file or from the table itself. Immutable.</summary>
public sealed class OptionValues
{
    // A table has a handful of them at most, and most tables have those of their file: so an array, which they share.
    private readonly (TableOption Option, object? Value)[] _values;

    private OptionValues((TableOption Option, object? Value)[] values) => _values = values;

    /// <summary>No option has a value.</summary>
    public static OptionValues None { get; } = new([]);

    /// <summary>The keys that have a value.</summary>
    public IReadOnlyList<string> Keys => [.. _values.Select(entry => entry.Option.Key)];

    /// <summary>The options that have a value.</summary>
    internal IEnumerable<TableOption> Options => _values.Select(entry => entry.Option);

    /// <summary>The value of a key; null if it has none.</summary>
    public object? this[string key] =>
        Array.Find(_values, entry => string.Equals(entry.Option.Key, key, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The value of an option: its default if it has none.</summary>
    public T Of<T>(TableOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return IndexOf(option) is >= 0 and var index ? (T)_values[index].Value! : option.IfMissing;
    }

    /// <summary>The same with another value for an option.</summary>
    public OptionValues With<T>(TableOption<T> option, T value)
    {
        ArgumentNullException.ThrowIfNull(option);
        return Set(option, value);
    }

    /// <summary>The keys that have a value.</summary>
    public override string ToString() => string.Join(", ", Keys);

    internal object? Of(TableOption option) => IndexOf(option) is >= 0 and var index ? _values[index].Value : option.DefaultValue;

    internal OptionValues Set(TableOption option, object? value) => IndexOf(option) is >= 0 and var index
        ? new([.. _values[..index], (option, value), .. _values[(index + 1)..]])
        : new([.. _values, (option, value)]);

    private int IndexOf(TableOption option) => Array.FindIndex(_values, entry => entry.Option == option);
}
