using System.Management.Automation;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Objects;

namespace EltPs.Alerts;

/// <summary>An alert that is sent by hand, and the settings of the pipeline that it comes from.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Settings">The pipeline's own settings; null if it has none.</param>
internal sealed record AlertInput(Alert Alert, AlertSettings? Settings)
{
    /// <summary>The state folder of the run that it comes from; null if it comes from none, or from one that could not write any.</summary>
    public StateFolder? State { get; private init; }

    /// <summary>The alert of an object; null if no alert can be made of it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="context">Where it is sent from.</param>
    /// <param name="settingsOf">The settings of the pipeline file of that path, which a journal does not keep; null if it has none.</param>
    public static AlertInput? Of(object value, AlertContext context, Func<string, AlertSettings?> settingsOf) => value switch
    {
        JournaledRun run => Of(run, settingsOf(run.Path)),
        _ => Of(value, context),
    };

    private static AlertInput Of(JournaledRun run, AlertSettings? settings) =>
        new(AlertOf.JournaledRun(run, settings), settings) { State = StateFolder.Holding(run.JournalPath, run.Path) };

    private static AlertInput Of(ScheduleTestResult test, AlertContext context) =>
        new(AlertOf.OverdueRun(test, context), test.Alerts) { State = StateFolder.For(test.Path, test.StatePath) };

    private static AlertInput? Of(object value, AlertContext context) => value switch
    {
        RunResult result => new AlertInput(AlertOf.Run(result, context), result.Alerts)
        {
            State = result.JournalPath is { } journal ? StateFolder.Holding(journal, result.Path) : null,
        },
        ScheduleTestResult test => Of(test, context),
        ErrorRecord error => Of(error, context),
        Exception exception => new AlertInput(AlertOf.Error(exception, null, context), null),
        string text when !string.IsNullOrWhiteSpace(text) => new AlertInput(AlertOf.Text(text, context), null),
        _ => null,
    };

    private static AlertInput Of(ErrorRecord error, AlertContext context)
    {
        var failure = Find(error.Exception);
        var step = (failure as EltException)?.Step;
        return EltObject.Unwrap(error.TargetObject) switch
        {
            RunResult result => Of(result, context)!,
            ScheduleTestResult test => Of(test, context),
            VerifiedTable table => Of(failure, table.Staged.Definition, step, table.Staged, table.Rows, context),
            StagedTable table => Of(failure, table.Definition, step, table, null, context),
            PublishedTable table => Of(failure, table.Definition, step, null, table.Rows, context),
            TableDefinition table => Of(failure, table, step, null, null, context),
            PipelineDefinition pipeline => new AlertInput(
                AlertOf.Error(failure, null, context) with
                {
                    Title = $"{pipeline.Name} failed",
                    Pipeline = pipeline.Name,
                },
                pipeline.Alerts),
            _ => new AlertInput(AlertOf.Error(failure, null, context) with { Title = $"{CommandOf(error)} failed" }, null),
        };
    }

    private static AlertInput Of(
        Exception failure,
        TableDefinition definition,
        EltStep? step,
        StagedTable? staged,
        long? rows,
        AlertContext context) => new(AlertOf.Error(failure, definition, step, staged, rows, context), definition.Alerts);

    // With -ErrorAction Stop, and through other hosts, PowerShell puts exceptions of its own around it.
    private static Exception Find(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is EltException)
            {
                return inner;
            }
        }

        return exception;
    }

    private static string CommandOf(ErrorRecord error) =>
        error.InvocationInfo?.MyCommand?.Name is { Length: > 0 } name ? name : "A command";
}
