using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;

namespace EltPs.Engine.Scheduling;

/// <summary>A date as somebody wrote it: a day, a local time, or a moment.</summary>
/// <param name="Local">The day or the time, as written.</param>
/// <param name="Offset">The offset from UTC that was written; null for the pipeline's own zone.</param>
/// <param name="IsDay">Whether it is a day without a time.</param>
internal sealed record GivenDate(DateTime Local, TimeSpan? Offset, bool IsDay)
{
    private const string DayForm = "yyyy-MM-dd";
    private static readonly string[] TimeForms = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];
    private static readonly string[] MomentForms =
    [
        .. TimeForms.SelectMany(form => (string[])[form + "zzz", form + " zzz", form + "'Z'"]),
    ];

    /// <summary>Reads a date.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidInterval"/>: it is none.</exception>
    public static GivenDate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (DateTime.TryParseExact(trimmed, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new GivenDate(day, Offset: null, IsDay: true);
        }

        if (DateTime.TryParseExact(trimmed, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new GivenDate(time, Offset: null, IsDay: false);
        }

        if (DateTimeOffset.TryParseExact(
                trimmed,
                MomentForms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var moment))
        {
            return new GivenDate(moment.DateTime, moment.Offset, IsDay: false);
        }

        throw new EltException(
            EltErrorKind.InvalidInterval,
            $"{ComplaintList.Show(text)} is no date; write a day '2025-01-10', a time in the pipeline's zone '2025-01-10 06:00', or one "
                + "with its offset '2025-01-10 06:00 +01:00'.");
    }

    /// <summary>The first moment that it means.</summary>
    public DateTimeOffset First(ZoneClock clock) =>
        Offset is { } offset ? clock.At(new DateTimeOffset(Local, offset)) : clock.Read(Local).First;

    /// <summary>The last moment that it means; of a day the last of the day.</summary>
    public DateTimeOffset Last(ZoneClock clock)
    {
        if (Offset is { } offset)
        {
            return clock.At(new DateTimeOffset(Local, offset));
        }

        return IsDay && Local < DateTime.MaxValue.Date ? clock.Read(Local.AddDays(1)).First.AddTicks(-1) : clock.Read(Local).Last;
    }
}
