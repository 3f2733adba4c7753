using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Journal;

/// <summary>Makes a run's document of its journal's lines.</summary>
internal static class RunFold
{
    /// <summary>Folds them.</summary>
    /// <param name="path">The journal's file.</param>
    /// <param name="lines">Its lines, the first of which begins the run.</param>
    public static JournaledRun Fold(string path, IReadOnlyList<JournalLine> lines)
    {
        var first = lines[0];
        var tables = new List<JournaledTable>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in lines.FirstOrDefault(line => line.Event == JournalEvent.TablesListed)?.Tables ?? [])
        {
            index.TryAdd(table.Name, tables.Count);
            tables.Add(new JournaledTable(table.Name, table.Definition));
        }

        JournalLine? end = null;
        foreach (var line in lines.Skip(1))
        {
            if (line.Table is { } name && line.Event != JournalEvent.RunFinished && index.TryGetValue(name, out var place))
            {
                tables[place] = Apply(tables[place], line);
            }

            end = line.Event == JournalEvent.RunFinished ? line : end;
        }

        if (end is not null)
        {
            Finish(tables, index, end);
        }

        return new JournaledRun(first.Identity!)
        {
            RunId = first.RunId!,
            Pipeline = first.Pipeline!,
            Path = first.Path!,
            Status = Parse<RunStatus>(end?.Status) ?? RunStatus.Running,
            StartedAt = first.At,
            LastLineAt = lines[^1].At,
            Duration = RunSeconds.Parse(end?.Seconds),
            ProcessId = first.ProcessId ?? 0,
            Host = first.Host ?? string.Empty,
            Sequence = first.Sequence ?? 0,
            ResumedFrom = first.ResumedFrom,
            LogicalDate = first.LogicalDate,
            Interval = first.Interval,
            RangeEnd = first.RangeEnd,
            IsPartial = first.Partial ?? false,
            IsSelection = first.Selected ?? false,
            Variables = Variables(first),
            Tables = tables,
            Message = end?.Error?.Message,
            ErrorKind = Parse<EltErrorKind>(end?.Error?.Kind),
            QueryId = end?.Error?.QueryId,
            FailedTable = end?.Table,
            FailedStep = Parse<EltStep>(end?.Step),
            JournalPath = path,
        };
    }

    private static JournaledTable Apply(JournaledTable table, JournalLine line) => (line.Event, Parse<EltStep>(line.Step)) switch
    {
        // A build begins anew: what an attempt before it staged counts no more.
        (JournalEvent.StepStarted, EltStep.Stage) => new JournaledTable(table.Table, table.DefinitionHash)
        {
            Attempts = table.Attempts + 1,
            Step = EltStep.Stage,
        },
        (JournalEvent.StepStarted, { } step) => table with { Step = step, RequestId = null, Handle = null },
        (JournalEvent.GenerationAssigned, _) => table with { Generation = line.Generation, Replaces = line.Replaces },
        (JournalEvent.StatementSubmitted, _) => table with
        {
            RequestId = Guid.TryParse(line.RequestId, out var request) ? request : null,
            Handle = line.Handle ?? table.Handle,
        },
        (JournalEvent.StepFinished, EltStep.Stage) => Done(table) with { StageTime = RunSeconds.Parse(line.Seconds) },
        (JournalEvent.StepFinished, EltStep.Check) => Done(table) with { CheckTime = RunSeconds.Parse(line.Seconds), Rows = line.Rows },
        (JournalEvent.StepFinished, EltStep.Publish) => Done(table) with
        {
            PublishTime = RunSeconds.Parse(line.Seconds),
            Status = TableStatus.Published,
        },
        (JournalEvent.TableUpToDate, _) => table with
        {
            Status = Parse<TableStatus>(line.Status) ?? table.Status,
            Generation = line.Generation,
            Rows = line.Rows,
        },
        (JournalEvent.TableNotPublished, _) => NotPublished(table, Parse<TableStatus>(line.Status) ?? table.Status),
        _ => table,
    };

    // One that may be published after all stays in its step, so that an undo of the run looks at it.
    private static JournaledTable NotPublished(JournaledTable table, TableStatus status) =>
        (status == TableStatus.Unknown ? table : Done(table)) with { Status = status };

    private static JournaledTable Done(JournaledTable table) => table with { Step = null, RequestId = null, Handle = null };

    private static void Finish(List<JournaledTable> tables, Dictionary<string, int> index, JournalLine end)
    {
        foreach (var table in end.Tables ?? [])
        {
            if (index.TryGetValue(table.Name, out var place))
            {
                tables[place] = tables[place] with
                {
                    Status = Parse<TableStatus>(table.Status) ?? tables[place].Status,
                    Generation = table.Generation ?? tables[place].Generation,
                    Rows = table.Rows ?? tables[place].Rows,
                };
            }
        }

        if (end.Table is { } failed && index.TryGetValue(failed, out var stopped) && tables[stopped].Status == TableStatus.Skipped)
        {
            tables[stopped] = tables[stopped] with
            {
                Status = Parse<RunStatus>(end.Status) switch
                {
                    RunStatus.Cancelled => TableStatus.Cancelled,
                    RunStatus.Unknown => TableStatus.Unknown,
                    _ => TableStatus.Failed,
                },
            };
        }
    }

    private static Dictionary<string, SqlValue> Variables(JournalLine first)
    {
        var values = new Dictionary<string, SqlValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, variable) in first.Variables ?? new Dictionary<string, JournalVariable>())
        {
            if (variable.ToValue() is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private static T? Parse<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;
}
