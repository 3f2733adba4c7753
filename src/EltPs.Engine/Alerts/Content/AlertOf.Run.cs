using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Alerts;

/// <summary>Makes the alerts of what happened.</summary>
internal static partial class AlertOf
{
    private const int MostAttempts = 5;

    /// <summary>Of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="context">Where it ran.</param>
    public static Alert Run(RunResult result, AlertContext context) => Run(result, context, before: null);

    /// <summary>Of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="context">Where it ran.</param>
    /// <param name="before">The failure that it ends, if it does; null if it does not.</param>
    internal static Alert Run(RunResult result, AlertContext context, KnownFailure? before)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(context);

        // Of tables that are published together several may have failed, one of them by what stopped the run.
        var failed = result.Tables.FirstOrDefault(table => table.Table == result.FailedTable)
            ?? result.Tables.FirstOrDefault(table => table.FailedStep is not null);
        var occasion = !result.IsSuccess ? AlertOccasion.Failure : before is null ? AlertOccasion.Success : AlertOccasion.Recovery;
        var alert = Any(result, occasion, result.Alerts) with { Host = context.Host };
        return result.IsSuccess
            ? Succeeded(alert, result) with { Text = before?.Describe() }
            : alert with
            {
                Table = result.FailedTable?.ToString(),
                Step = AlertWords.Name(result.FailedStep),
                Error = result.Error?.Message ?? failed?.Message,
                QueryId = result.Error?.QueryId,
                Rows = failed?.Rows,
                Tables = result.Tables.Count == 0 ? [] : [AlertWords.Counts(result.Tables.Select(table => table.Status))],
                Attempt = Attempt(failed),
                EarlierErrors = EarlierErrors(failed, result.Error),
                NextCommand = result.ResumeCommand,
            };
    }

    /// <summary>Of a single step of a table that failed.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="definition">The table.</param>
    /// <param name="step">The step; null if it is not known.</param>
    /// <param name="staged">The table as it was staged; null if it was not.</param>
    /// <param name="rows">Its rows; null if they were not counted.</param>
    /// <param name="context">Where it happened.</param>
    public static Alert Error(
        Exception failure,
        TableDefinition definition,
        EltStep? step,
        StagedTable? staged,
        long? rows,
        AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Error(failure, definition.Name, context) with
        {
            Title =
                $"{definition.Pipeline ?? definition.Name.ToString()} "
                    + $"{(IsUnknown(failure) ? AlertWords.Ended(RunStatus.Unknown, false) : AlertWords.Ended(RunStatus.Failed, false))}",
            Pipeline = definition.Pipeline,
            Step = AlertWords.Name(step),
            Rows = rows,
            Duration = staged?.StageTime,
            RunId = staged?.RunId,
            StartedAt = staged?.StagedAt,
            Connection = definition.Session.Connection.ToString(),
            Settings = definition.Alerts,
        };
    }

    /// <summary>Of any other error.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="table">The table; null if there is none.</param>
    /// <param name="context">Where it happened.</param>
    public static Alert Error(Exception failure, TableName? table, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(context);
        return new Alert
        {
            Occasion = AlertOccasion.Failure,
            Title = $"{table?.ToString() ?? "A command"} failed",
            Table = table?.ToString(),
            Error = failure.Message,
            QueryId = (failure as EltException)?.QueryId,
            Host = context.Host,
        };
    }

    /// <summary>Of a text that a user wrote.</summary>
    public static Alert Text(string text, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Alert { Title = text, Text = text, Host = context.Host };
    }

    // What there is to say of any run, however it ended and wherever it is known from.
    private static Alert Any(RunRecord run, AlertOccasion occasion, AlertSettings? settings) => new()
    {
        Occasion = occasion,
        Title = $"{run.Pipeline} {AlertWords.Ended(run.Status, hasRecovered: occasion == AlertOccasion.Recovery)}",
        Pipeline = run.Pipeline,
        Interval = run.Interval?.ToString(),
        Duration = run.Duration,
        RunId = run.RunId,
        StartedAt = run.StartedAt,
        Connection = run.Connection,
        Host = run.Host,
        Settings = settings,
    };

    private static Alert Succeeded(Alert alert, RunRecord run) => alert with
    {
        Rows = AlertWords.Sum(run.TableRecords.Select(table => table.Rows)),
        Tables = AlertWords.Published(run.TableRecords),
    };

    // One that was the only one needs no number.
    private static string? Attempt(TableResult? table) => table?.Attempts > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{table.Attempts} of {Math.Max(table.Attempts, table.Definition.Retry.Retries + 1)}")
        : null;

    // What they all say is said once.
    private static IReadOnlyList<string> EarlierErrors(TableResult? table, EltException? last) =>
    [
        .. (table?.FailedAttempts ?? [])
            .Where(attempt => attempt.Error.Message != last?.Message)
            .TakeLast(MostAttempts)
            .Select(attempt => attempt.ToString()),
    ];

    private static bool IsUnknown(Exception failure) => failure is EltException { Kind: EltErrorKind.Unknown };
}
