using System.Globalization;
using System.Management.Automation;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Errors;
using EltPs.Progress;

namespace EltPs.Bridge;

/// <summary>Turns the engine's events into what a cmdlet writes: progress, lines, verbose and debug lines, and warnings.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="pump">Leads to the pipeline thread.</param>
/// <param name="display">Decides what is shown of the run itself.</param>
internal sealed class CmdletObserver(PSCmdlet cmdlet, PipelinePump pump, RunDisplay display) : IRunObserver
{
    // Write-Host tags its records so: a line is seen unless the stream is redirected, as if the host had been written to.
    private const string HostTag = "PSHOST";
    private const string OwnTag = "EltPs";

    /// <summary>Whether verbose lines are shown: the tables' own statements, and what else somebody may want to know.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Whether debug lines are shown: the statements that keep the catalog.</summary>
    public bool IsDebug { get; init; }

    /// <summary>
    /// Whether lines go to standard error, because PowerShell's console would put them between the objects that its output redirected to a
    /// file or a pipe is made of, such as the text of ConvertTo-Json.
    /// </summary>
    public bool SparesOutput { get; init; }

    public async ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        await ShowAsync(display.On(runEvent));
        switch (runEvent)
        {
            case RunStarted { Date.Interval: { } interval, RangeEnd: not null } started when IsVerbose:
                await VerboseAsync($"{started.Pipeline.Name}: interval {interval}");
                break;
            case StepFinished { Table: not null } finished when IsVerbose:
                await VerboseAsync($"{finished.Table}: {Name(finished.Step)} done in {Seconds(finished.Elapsed)}");
                break;
            case StatementFinished { IsOfTable: true } finished when IsVerbose:
                await VerboseAsync(Text(finished));
                break;
            case StatementFinished { IsOfTable: false } finished when IsDebug:
                await CallAsync(() => cmdlet.WriteDebug(Text(finished)));
                break;
            case MessageRaised { Level: MessageLevel.Warning } message:
                await CallAsync(() => cmdlet.WriteWarning(message.In(CmdletWording.Instance)));
                break;
            case MessageRaised message when IsVerbose:
                await VerboseAsync(message.In(CmdletWording.Instance));
                break;
            default:
                break;
        }
    }

    /// <summary>Shows how time goes by. Called each second.</summary>
    public Task TickAsync() => ShowAsync(display.Tick());

    /// <summary>Takes the bar away. Called on the pipeline thread.</summary>
    public void Complete()
    {
        if (display.End() is { } end)
        {
            cmdlet.WriteProgress(end);
        }
    }

    private Task ShowAsync(RunDisplay.Update update) => update.IsNothing
        ? Task.CompletedTask
        : CallAsync(() =>
        {
            foreach (var line in update.Lines)
            {
                WriteLine(line);
            }

            if (update.Bar is { } bar)
            {
                cmdlet.WriteProgress(bar);
            }
        });

    private void WriteLine(string line)
    {
        var record = new InformationRecord(new HostInformationMessage { Message = line }, cmdlet.MyInvocation.MyCommand.Name);
        if (SparesOutput)
        {
            Console.Error.WriteLine(line);
        }
        else
        {
            record.Tags.Add(HostTag);
        }

        record.Tags.Add(OwnTag);
        cmdlet.WriteInformation(record);
    }

    private Task VerboseAsync(string text) => CallAsync(() => cmdlet.WriteVerbose(text));

    private async Task CallAsync(Action action)
    {
        try
        {
            await pump.InvokeAsync(() =>
            {
                action();
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            // The pipeline is stopping and shows nothing any more. The work learns that from its token; its clean-up must not fail over a
            // message.
        }
    }

    private static string Text(StatementFinished finished) =>
        $"{Seconds(finished.Elapsed)}{(finished.Succeeded ? string.Empty : ", failed")}: {finished.Sql.TrimEnd()}";

    private static string Name(EltStep step) => step.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.000} s");
}
