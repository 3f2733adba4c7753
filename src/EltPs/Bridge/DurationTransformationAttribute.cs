using System.Globalization;
using System.Management.Automation;

namespace EltPs.Bridge;

/// <summary>
/// A duration: a number is seconds, text is <c>hh:mm:ss</c>. PowerShell's own conversion would take 30 for ticks and '30' for days.
/// </summary>
internal sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Forms = [@"h\:mm\:ss", @"hh\:mm\:ss", @"h\:mm\:ss\.FFF", @"hh\:mm\:ss\.FFF", @"d\.hh\:mm\:ss"];
    private static readonly double Most = TimeSpan.FromDays(7).TotalSeconds;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        double? seconds = value switch
        {
            TimeSpan time => time.TotalSeconds,
            string text when double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
                number,
            string text when TimeSpan.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, out var time) => time.TotalSeconds,
            int or long or double or decimal or short or byte => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return seconds is >= 0 and var given && given <= Most
            ? TimeSpan.FromSeconds(given)
            : throw new ArgumentTransformationMetadataException(
                $"'{value}' is no time; give seconds (30) or 'hh:mm:ss' ('00:30:00'), at most {Most:0} seconds.");
    }
}
