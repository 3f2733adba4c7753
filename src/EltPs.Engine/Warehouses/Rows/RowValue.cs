using System.Globalization;
using System.Numerics;

namespace EltPs.Engine.Warehouses;

/// <summary>Numbers of a warehouse as .NET's, without loss.</summary>
/// <remarks>
/// A warehouse's widest numbers have 38 digits and more, and are the type of every sum, so the value decides and not the type: a sum of
/// whole numbers is a long as long as that holds it. <see cref="decimal"/> has 28 digits behind the point and 96 bits in all.
/// </remarks>
internal static class RowValue
{
    private static readonly BigInteger MostUnscaled = (BigInteger.One << 96) - 1;
    private const int MostScale = 28;

    /// <summary>A whole number of a type that is wider than 64 bits.</summary>
    public static object Whole(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    /// <summary>
    /// A decimal number: as a decimal if that holds it; else a whole one as <see cref="BigInteger"/>, and one with a fraction as text.
    /// </summary>
    /// <param name="unscaled">The number without its point.</param>
    /// <param name="scale">How many of its digits are behind the point.</param>
    public static object Decimal(BigInteger unscaled, int scale)
    {
        var (digits, places) = (unscaled, scale);
        while (places > 0 && (places > MostScale || BigInteger.Abs(digits) > MostUnscaled) && digits % 10 == 0)
        {
            (digits, places) = (digits / 10, places - 1);
        }

        var size = BigInteger.Abs(digits);
        if (places <= MostScale && size <= MostUnscaled)
        {
            var low = (UInt128)size;
            return new decimal(
                unchecked((int)(uint)low),
                unchecked((int)(uint)(low >> 32)),
                unchecked((int)(uint)(low >> 64)),
                digits.Sign < 0,
                (byte)places);
        }

        return places == 0 ? digits : Text(unscaled, scale);
    }

    /// <summary>A decimal number that is written in digits, with a point or not.</summary>
    /// <param name="text">The number; one with an exponent, or none at all, stays text.</param>
    public static object Decimal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : text.Remove(point, 1);
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled)
            ? Decimal(unscaled, point < 0 ? 0 : text.Length - point - 1)
            : text;
    }

    /// <summary>A whole number that is written in digits; anything else stays text.</summary>
    public static object Whole(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? Whole(value) : text;

    private static string Text(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : string.Empty)}{digits[..^scale]}.{digits[^scale..]}";
    }
}
