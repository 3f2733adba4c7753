using System.Globalization;
using System.Management.Automation;

namespace EltPs.Bridge;

/// <summary>
/// A date as text that means the same everywhere. PowerShell's own conversion would write what Get-Date gives in the American order, and
/// lose its zone.
/// </summary>
internal sealed class DateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime { Kind: DateTimeKind.Unspecified } time => Local(time),

            // What Get-Date and [datetime]::Today give is of this machine; a day of it is meant as a day.
            DateTime { Kind: DateTimeKind.Local } time when time.TimeOfDay == TimeSpan.Zero => Local(time),
            DateTime time => Moment(new DateTimeOffset(time)),
            DateTimeOffset moment => Moment(moment),
            var other => other,
        };

    private static string Local(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
