using System.Globalization;

namespace EltPs.Bench;

/// <summary>The middle and the ends of some measurements.</summary>
internal sealed record Spread(double Median, double Minimum, double Maximum)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary><c>1.01 (0.97 to 1.05)</c></summary>
    public string Show(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Number(Median, format)} ({Number(Minimum, format)} to {Number(Maximum, format)})");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
