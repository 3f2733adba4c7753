using System.Management.Automation;
using EltPs.Alerts;
using EltPs.Bridge;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Errors;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>
/// Says whether the run of a pipeline that was due last happened and succeeded. Asks no warehouse, holds up no run, and writes nothing
/// unless it sends alerts.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "EltSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltScheduleTest), typeof(bool))]
public sealed class TestEltScheduleCommand : PipelineFileCommand
{
    /// <summary>How long after its interval's end a run may take to begin and to end; a number is seconds, text is hh:mm:ss.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The folder that the pipeline's runs write to, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Reports an overdue run to the channels of the file's Alerts, once for each interval.</summary>
    [Parameter]
    public SwitchParameter Alert { get; set; }

    /// <summary>Writes true or false instead of the judgement and its error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Files())
        {
            if (Try(path, () => ReadPipeline(path, Connection)) is { } pipeline)
            {
                Test(pipeline);
            }
        }
    }

    private void Test(PipelineDefinition pipeline)
    {
        IReadOnlyList<JournalProblem> problems = [];
        if (Try(pipeline.Path, () => State(pipeline.Path, StatePath)) is not { } state
            || Try(
                pipeline.Path,
                () => ScheduleTest.Look(pipeline, state, Time.GetUtcNow(), Grace, out problems, CmdletWording.Instance))
            is not { } result)
        {
            return;
        }

        foreach (var problem in problems.Select(problem => problem.Message).Append(result.StateProblem).OfType<string>())
        {
            WriteWarning(problem);
        }

        if (Alert)
        {
            // Before the error, at which a script may end.
            Notify(pipeline, result, state);
        }

        Write(result);
    }

    private void Write(ScheduleTestResult result)
    {
        if (Quiet)
        {
            WriteObject(!result.IsLate);
            return;
        }

        var shown = new EltScheduleTest(result);
        WriteObject(shown);
        if (result.IsLate)
        {
            var error = result.Error is { } stopped ? $" {result.RunId}: {stopped}" : string.Empty;
            var command = (result.ResumeCommand ?? result.RunCommand) is { } line ? $" To run it: {line}" : string.Empty;
            WriteError(new EltException(EltErrorKind.RunLate, $"{result.Pipeline}: {result.Message}{error}{command}").ToRecord(shown));
        }
    }

    private void Notify(PipelineDefinition pipeline, ScheduleTestResult result, StateFolder state)
    {
        if (pipeline.Alerts is not { Channels: { Count: > 0 } channels })
        {
            WriteWarning(
                $"{pipeline.Path}: the file has no Alerts, so -Alert sends nothing. Add Alerts = @{{ Slack = @{{ Webhook = "
                    + $"'env:SLACK_WEBHOOK_URL' }} }}.");
        }
        else if (channels.Where(channel => channel.On.Contains(AlertOccasion.Late)).ToList() is not { Count: > 0 } wanted)
        {
            WriteWarning($"{pipeline.Path}: On does not name '{AlertOccasion.Late}', so -Alert sends nothing. Add it to On.");
        }
        else if (IsWanted(result, wanted))
        {
            _ = Await(Names(channels), async (observer, _, cancellationToken) =>
            {
                using var alerts = RunAlerts.For(pipeline, Time, observer, state)!;
                await alerts.BeforeRunAsync(cancellationToken);
                await alerts.AfterTestAsync(result, cancellationToken);
                return result;
            });
        }
    }

    private bool IsWanted(ScheduleTestResult result, IReadOnlyList<ChannelSettings> channels)
    {
        if (!result.IsLate)
        {
            return !IsWhatIf;
        }

        var alert = AlertOf.OverdueRun(result, AlertPlace.Context);
        var payloads = channels.Select(channel =>
            AlertChannels.Format(AlertChannels.Default.Find(channel.Channel)!, alert, AlertPlace.Context).Json);
        return ShouldProcess(
            $"Sending to {Names(channels)}, unless it was sent already:\n{string.Join('\n', payloads)}",
            "Send an alert that this run is late?",
            Names(channels));
    }

    private static string Names(IEnumerable<ChannelSettings> channels) => string.Join(", ", channels.Select(channel => channel.Channel));
}
