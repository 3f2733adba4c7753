using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace EltPs.Engine.Templates;

/// <summary>A value that SQL can hold: null, text, a truth value, a number, a date or a time, or a list of those.</summary>
public sealed class SqlValue
{
    private SqlValue(object? value) => Value = value;

    /// <summary>SQL's NULL.</summary>
    public static SqlValue Null { get; } = new(null);

    /// <summary>
    /// The value: null, or a <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="BigInteger"/>, <see cref="decimal"/>,
    /// <see cref="double"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> (without a zone), <see cref="DateTimeOffset"/>, or a list of
    /// <see cref="SqlValue"/>.
    /// </summary>
    public object? Value { get; }

    /// <summary>The items of a list; null for a single value.</summary>
    public IReadOnlyList<SqlValue>? Items => Value as IReadOnlyList<SqlValue>;

    /// <summary>
    /// The value as text, as it stands in quotes: numbers in the invariant culture, <c>true</c> and <c>false</c>, dates and times in ISO
    /// 8601. Null for NULL and for a list, which have none.
    /// </summary>
    public string? Text => Value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        double number => Number(number),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),

        // To the microsecond, which is what DuckDB keeps.
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Makes a value of an object; false, with what is wrong in words, for one that SQL cannot hold.</summary>
    /// <param name="value">Null, text, a number, a truth value, a date, a time, a GUID, or a list of those.</param>
    /// <param name="result">The value.</param>
    /// <param name="problem">What the object is and what to give instead, to be put behind "is": null if nothing is wrong.</param>
    public static bool TryCreate(object? value, [NotNullWhen(true)] out SqlValue? result, [NotNullWhen(false)] out string? problem)
    {
        result = value as SqlValue;
        if (result is not null)
        {
            problem = null;
            return true;
        }

        problem = value switch
        {
            string text => TextProblem(text),
            double number when !double.IsFinite(number) => "no finite number; give one",
            float number when !float.IsFinite(number) => "no finite number; give one",
            _ => null,
        };
        if (problem is not null)
        {
            return false;
        }

        if (value is IEnumerable items and not (string or IDictionary))
        {
            return TryCreateList(items, out result, out problem);
        }

        if (value is null)
        {
            result = Null;
            return true;
        }

        var plain = Plain(value);
        problem = plain is null ? $"a {value.GetType().Name}; give text, a number, a truth value, a date, or a list of those" : null;
        result = plain is null ? null : new SqlValue(plain);
        return problem is null;
    }

    /// <summary>A text that names the type too: equal exactly for equal values.</summary>
    public string Fingerprint() => Items is { } items
        ? $"[{string.Join(',', items.Select(item => item.Fingerprint()).Select(print => $"{print.Length}:{print}"))}]"
        : $"{Value?.GetType().Name ?? "null"}:{Text}";

    /// <summary>The value for people to read.</summary>
    public override string ToString() => Items is { } items ? string.Join(", ", items) : Text ?? "NULL";

    private static bool TryCreateList(IEnumerable items, [NotNullWhen(true)] out SqlValue? result, [NotNullWhen(false)] out string? problem)
    {
        result = null;
        var values = new List<SqlValue>();
        foreach (var item in items)
        {
            if (!TryCreate(item, out var value, out problem))
            {
                problem = $"a list with an item that is {problem}";
                return false;
            }

            if (value.Items is not null)
            {
                problem = "a list within a list; give a flat one";
                return false;
            }

            values.Add(value);
        }

        // IN () is no SQL, and whoever asks for nothing should not get everything either.
        problem = values.Count == 0 ? "an empty list, and SQL has none; give at least one item" : null;
        result = problem is null ? new SqlValue(values) : null;
        return problem is null;
    }

    private static object? Plain(object value) => value switch
    {
        string or bool or decimal or double or DateOnly or DateTimeOffset => value,
        char letter => TextProblem(letter.ToString()) is null ? letter.ToString() : null,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),

        // One type for one number, however it was given.
        ulong whole => Plain(new BigInteger(whole)),
        BigInteger whole when whole >= long.MinValue && whole <= long.MaxValue => (long)whole,
        BigInteger whole => whole,

        // By its text: the nearest double of 1.1f is 1.10000002384.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Unspecified } time => time,
        DateTime time => new DateTimeOffset(time),
        Guid id => id.ToString(),
        _ => null,
    };

    private static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);

        // A number with a fraction stays one: 3.0 and not 3.
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static string? TextProblem(string text)
    {
        // A NUL ends the statement in drivers written in C, and half a UTF-16 pair reaches no warehouse as it is.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "text with a NUL character; remove it";
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                return "text with half a character (a lone UTF-16 surrogate); correct it";
            }
        }

        return null;
    }
}
