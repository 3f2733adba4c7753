using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Warehouses;

/// <summary>The moment at which a piece of work must have ended, however many statements it takes.</summary>
internal sealed class Deadline
{
    private readonly TimeProvider _time;
    private readonly long _started;

    private Deadline(TimeSpan limit, TimeProvider time)
    {
        Limit = limit;
        _time = time;
        _started = time.GetTimestamp();
    }

    /// <summary>No limit.</summary>
    public static Deadline None { get; } = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>The time that was given at the beginning; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Whether there is a limit.</summary>
    public bool IsLimited => Limit != Timeout.InfiniteTimeSpan;

    /// <summary>The time that is left, never negative; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (!IsLimited)
            {
                return Timeout.InfiniteTimeSpan;
            }

            var left = Limit - _time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A deadline that begins to run now.</summary>
    /// <param name="limit">The time that is given; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="time">The clock.</param>
    public static Deadline In(TimeSpan limit, TimeProvider time) => new(limit, time);

    /// <summary>A deadline that begins to run now and is over with this one at the latest.</summary>
    /// <param name="limit">The time that is given.</param>
    public Deadline AtMost(TimeSpan limit) => In(IsLimited && Remaining < limit ? Remaining : limit, _time);

    /// <summary>Does work that is cancelled when the deadline has passed.</summary>
    /// <param name="work">The work; its token is the caller's and the deadline's.</param>
    /// <param name="what">What the message begins with: what did not end.</param>
    /// <param name="cancellationToken">The caller's own cancel, which stays one.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.Timeout"/>: the work was cancelled because its time was over.</exception>
    public async Task<T> EnforceAsync<T>(Func<CancellationToken, Task<T>> work, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!IsLimited)
        {
            return await work(cancellationToken);
        }

        using var timer = new CancellationTokenSource(Remaining, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Exceeded(what);
        }
    }

    /// <summary>The error of work that took too long.</summary>
    /// <param name="what">What the message begins with: what did not end.</param>
    public EltException Exceeded(string what) => new(
        EltErrorKind.Timeout,
        $"{what} did not end within {Show(Limit)} and was cancelled.")
    {
        IsTransient = true,
        Advice = [Advice.Say(WayOut)],
    };

    // What a pipeline file does not take would be no way out.
    private string WayOut => Limit >= TableOptions.LongestTimeout
        ? "That is the longest time that a pipeline file can give; make the query faster."
        : $"Give it longer with Timeout = '{Show(Limit < TableOptions.LongestTimeout / 2 ? Limit * 2 : TableOptions.LongestTimeout)}' in "
            + "the pipeline file, or make the query faster.";

    private static string Show(TimeSpan time)
    {
        var format = (time.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss") + (time.Milliseconds == 0 ? string.Empty : @"\.fff");
        return time.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }
}
