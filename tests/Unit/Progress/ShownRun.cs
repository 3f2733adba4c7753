using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Host;
using EltPs.Progress;
using EltPs.Tests.Support;

namespace EltPs.Tests.Progress;

/// <summary>
/// Shows a run on a screen of 80 columns, as the module and elt do, and sets the clock: a step takes as long as a test says.
/// </summary>
/// <param name="isLog">Whether it is a log instead of a terminal.</param>
/// <param name="clock">The run's clock.</param>
/// <param name="seconds">How long the step of a table takes.</param>
internal sealed class ShownRun(bool isLog, ManualClock clock, Func<StepStarted, double> seconds) : IRunObserver, IDisposable
{
    private const int Columns = 80;
    private readonly RunDisplay _display = new("RunELT_Alert", isLog, clock);
    private readonly Screen _screen = new();
    private readonly List<string> _pictures = [];
    private ProgressBars? _bars;

    /// <summary>What stood on the screen, each time that it changed; of a log what it is in the end.</summary>
    public string Pictures => string.Join($"\n{new string('-', Columns)}\n", isLog ? _pictures[^1..] : _pictures) + "\n";

    private ProgressBars Bars => _bars ??= new ProgressBars(_screen, () => Columns, clock);

    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        // Those come when the machine is slow.
        if (runEvent is StatementProgress)
        {
            return ValueTask.CompletedTask;
        }

        Show(_display.On(runEvent));
        if (runEvent is StepStarted started)
        {
            Work(seconds(started));
        }

        if (runEvent is RunFinished && _display.End() is { } end)
        {
            Bars.Show(0, end);
            Take();
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => _screen.Dispose();

    // Of a long statement the warehouse says how far it is, for its second half.
    private void Work(double seconds)
    {
        for (var second = 1; second <= seconds; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            if (second > seconds / 2 && seconds > 5)
            {
                Show(_display.On(new StatementProgress(second / seconds)));
            }

            Show(_display.Tick());
        }

        clock.Advance(TimeSpan.FromSeconds(seconds % 1));
    }

    private void Show(RunDisplay.Update update)
    {
        foreach (var line in update.Lines)
        {
            Bars.Clear();
            _screen.Write(line + "\n");
        }

        if (update.Bar is { } bar)
        {
            Bars.Show(0, bar);
        }

        Take();
    }

    private void Take()
    {
        var picture = string.Join('\n', _screen.Lines).TrimEnd('\n');
        if (picture != _pictures.LastOrDefault(string.Empty))
        {
            _pictures.Add(picture);
        }
    }
}
