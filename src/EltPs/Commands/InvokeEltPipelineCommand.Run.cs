using System.Management.Automation;
using EltPs.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.Reports;
using EltPs.Runs;
using EltPs.Selection;

namespace EltPs.Commands;

/// <content>What it does: a run for each file and interval, and their results.</content>
public sealed partial class InvokeEltPipelineCommand
{
    private ResultFiles? _results;
    private RunResult? _stopped;
    private bool _isDeclined;

    private RunChoice Choice =>
        Scheduled ? RunChoice.Scheduled
        : LogicalDate is { } date ? RunChoice.On(date)
        : From is { } from ? RunChoice.Between(from, To)
        : RunChoice.Latest;

    private TableFilter Filter => new(Table, Tag);

    private ResultFiles Results => _results!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var isPlan = IsWhatIf;
        _results = ResultFiles.Open(isPlan ? null : ResultPath, isPlan ? null : JUnitPath, Time, FullPath, out var problem);
        if (problem is not null)
        {
            _results = null;
            ThrowTerminatingError(problem);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var problem in Results.Write())
        {
            WriteError(problem);
        }

        EndHost();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Where the pipeline was stopped, or an error ended it. Nobody can be told any more what goes wrong here.
        _ = _results?.Write();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Files())
        {
            if (Try(path, () => Read(path)) is { } pipeline)
            {
                Run(pipeline);
            }
        }
    }

    // A run, or a judgement of one, names its file by a property Path, and is no order to run that file once more.
    private protected override string? Refusal(PSObject? input)
    {
        var path = $"'{PipedInput.Text(input, "Path")}'";
        return PipedInput.TypeOf(input) switch
        {
            "RunResult" or "JournaledRun" when !Resume =>
                $"a run: to resume it, add -Resume; to run its pipeline once more, name the file: -Config {path}",
            "RunResult" or "JournaledRun" => NotLast(input!, path),
            "ScheduleTestResult" when !Resume && !Scheduled =>
                "a judgement of Test-EltSchedule: to run what is due, add -Scheduled; to resume the last run, -Resume; else name the "
                    + $"file: -Config {path}",
            "PipelineTestResult" when !LanguagePrimitives.IsTrue(input!.Properties["IsValid"]?.Value) =>
                $"the test of a file that is not valid, so nothing of it was run; correct {path} first",
            _ => PipedInput.Refusal(input),
        };
    }

    // Only the last run of a pipeline can be resumed: what an earlier one left was built, or resumed, by a later one.
    private string? NotLast(PSObject run, string path)
    {
        var (id, file) = (PipedInput.Text(run, "RunId"), PipedInput.Text(run, "Path"));
        return file is null
            || Try(file, () => RunResume.Find(State(FullPath(file), StatePath)) is { } last && last.RunId != id ? last.RunId : null)
                is not { } other
            ? null
            : $"the run {id}, which is not the last one: -Resume resumes {other}; to do so, name the file: -Config {path}";
    }

    private PipelineDefinition Read(string path)
    {
        var pipeline = Resume && RunResume.Find(State(FullPath(path), StatePath)) is { } last
            ? ReadPipeline(path, Connection, last)
            : ReadPipeline(path, Connection);
        var given = Variable is null ? pipeline : VariableOverride.Apply(pipeline, VariableArgument.Pairs(Variable));
        var chosen = Filter.Apply(given);
        return (chosen.IsSelection || StartAt is not null) && chosen.PublishTogether && chosen.Tables.Count > 0
            ? throw Parting(pipeline)
            : chosen;
    }

    private EltException Parting(PipelineDefinition pipeline)
    {
        var parameter = StartAt is not null ? "-StartAt" : "-Table and -Tag";
        return new EltException(
            EltErrorKind.InvalidInput,
            $"{pipeline.Path}: PublishTogether publishes all tables or none, and {parameter} would publish a part; run without, or take "
                + "PublishTogether out of the file.");
    }

    // A file that had no run: it has its place in the results too.
    private protected override void Refuse(string path, EltException failure)
    {
        Results.Add(path, failure);
        base.Refuse(path, failure);
    }

    private void Run(PipelineDefinition pipeline)
    {
        if (pipeline.Tables.Count == 0)
        {
            var nothing = Filter.Describe(ReadPipeline(pipeline.Path, Connection));
            var result = RunResult.Nothing(pipeline, nothing, Time);
            Results.Add(result);
            Write(result);
            return;
        }

        try
        {
            var start = StartAt is null ? null : TableFilter.FindOne(pipeline, "-StartAt", StartAt);
            var options = new RunOptions
            {
                Force = Force,
                StartAt = start,
                IsPartial = pipeline.IsSelection || start is not null,
                Wording = CmdletWording.Instance,
            };
            if (IsWhatIf)
            {
                ShowPlan(pipeline, options);
            }
            else
            {
                Run(pipeline, options);
            }
        }
        catch (EltException failure)
        {
            // No run, so no result; the other files go on.
            Refuse(pipeline.Path, failure);
        }
    }

    private void Run(PipelineDefinition pipeline, RunOptions options)
    {
        (_stopped, _isDeclined) = (null, false);
        try
        {
            RunToEnd(pipeline, options);
        }
        finally
        {
            SayLastWords();
        }

        if (IsStopped)
        {
            // A stopped pipeline can be given nothing any more.
            throw new PipelineStoppedException();
        }
    }

    private void RunToEnd(PipelineDefinition pipeline, RunOptions options)
    {
        var state = State(pipeline.Path, StatePath);
        _ = Await(pipeline.Name, Results.Keep(pipeline, async (shown, pump, cancellationToken) =>
        {
            var observer = new WarningsOnce(shown);
            using var alerts = RunAlerts.For(pipeline, Time, observer, state);
            await (alerts?.BeforeRunAsync(cancellationToken) ?? Task.CompletedTask);
            var runner = new JournaledRunner(Provider(pipeline), Time, observer, state)
            {
                Interrupted = alerts is null ? null : alerts.AfterInterruptionAsync,
                Ended = alerts is null ? null : alerts.AfterRunAsync,
                Finished = result =>
                {
                    // Kept also if nobody can be given it any more, because the pipeline was stopped.
                    Results.Add(result);
                    _stopped = cancellationToken.IsCancellationRequested ? result : null;
                    return pump.InvokeAsync(() => Write(result));
                },
            };
            var request = new RunRequest
            {
                Choice = Choice,
                Options = options with
                {
                    Confirm = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan, pipeline))) : null,
                },
                Resume = Resume,
                LockTimeout = LockTimeout,
            };
            return await runner.RunAsync(pipeline, request, cancellationToken);
        }));
    }

    // A stopped cmdlet can write to no stream any more, but whoever pressed Ctrl+C still has the host before them.
    private void SayLastWords()
    {
        if (_stopped is { Status: RunStatus.Cancelled } stopped)
        {
            Host.UI.WriteWarningLine(CancelledRun.Error(stopped).Message);
        }
    }

    private bool Write(RunResult result)
    {
        var shown = new EltRunResult(result);
        WriteObject(shown);
        if (!result.IsSuccess)
        {
            var failure = result.Error ?? (_isDeclined ? Declined(result) : CancelledRun.Error(result));
            WriteError(failure.ToRecord(shown));
        }

        return result.IsSuccess;
    }

    private static EltException Declined(RunResult result) =>
        new(EltErrorKind.Cancelled, $"{result.FailedTable?.ToString() ?? "the run"} was declined.")
        {
            Subject = result.Pipeline,
            Consequences =
            [
                result.FailedTable is null
                    ? "All tables were left as they were."
                    : "It and the tables behind it were left as they were.",
            ],
        };
}
