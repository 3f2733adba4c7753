using System.Globalization;
using System.Numerics;

using EltPs.Engine.Templates;

namespace EltPs.Engine.Journal;

/// <summary>A variable's value in a line of a journal: with its type, because a resumed run must send the same SQL.</summary>
/// <param name="Type">What it is: <c>null</c>, <c>text</c>, <c>boolean</c>, <c>integer</c>, <c>decimal</c>, <c>double</c>, <c>date</c>,
/// <c>time</c>, <c>moment</c> or <c>list</c>.</param>
internal sealed record JournalVariable(string Type)
{
    /// <summary>The value as text; null for a list and for null.</summary>
    public string? Value { get; init; }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<JournalVariable>? Items { get; init; }

    public static JournalVariable Of(SqlValue value) => new(value.Value switch
    {
        null => "null",
        string => "text",
        bool => "boolean",
        long or BigInteger => "integer",
        decimal => "decimal",
        double => "double",
        DateOnly => "date",
        DateTime => "time",
        DateTimeOffset => "moment",
        _ => "list",
    })
    {
        Value = value.Text,
        Items = value.Items is { } items ? [.. items.Select(Of)] : null,
    };

    /// <summary>The value; null if this EltPs cannot read it.</summary>
    public SqlValue? ToValue()
    {
        try
        {
            return SqlValue.TryCreate(Parse(), out var value, out _) ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private object? Parse()
    {
        var culture = CultureInfo.InvariantCulture;
        return (Type, Value) switch
        {
            ("null", _) => null,
            ("list", _) => Items?.Select(item => item.Parse()).ToArray() ?? throw new FormatException(),
            (_, null) => throw new FormatException(),
            ("text", _) => Value,
            ("boolean", _) => bool.Parse(Value),
            ("integer", _) => BigInteger.Parse(Value, culture),
            ("decimal", _) => decimal.Parse(Value, NumberStyles.Number, culture),
            ("double", _) => double.Parse(Value, NumberStyles.Float, culture),
            ("date", _) => DateOnly.Parse(Value, culture),
            ("time", _) => DateTime.Parse(Value, culture, DateTimeStyles.None),
            ("moment", _) => DateTimeOffset.Parse(Value, culture),
            _ => throw new FormatException(),
        };
    }
}
