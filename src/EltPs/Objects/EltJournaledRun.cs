using EltPs.Engine.Journal;
using EltPs.Errors;

namespace EltPs.Objects;

/// <summary>A run as its journal tells it.</summary>
public sealed class EltJournaledRun : EltRun
{
    internal EltJournaledRun(JournaledRun run)
        : base(run, run.Tables.Select(table => new EltTableResult(table)))
    {
        Message = run.Message;
        ErrorId = run.ErrorKind is { } kind ? ErrorTable.Of(kind).Id : null;
        FailedTable = run.FailedTable;
        QueryId = run.QueryId;
        JournalPath = run.JournalPath;
        LastLineAt = Plain.Utc(run.LastLineAt);
        Sequence = run.Sequence;
        IsSelection = run.IsSelection;
    }

    /// <summary>The run's id and status.</summary>
    public override string ToString() => $"{RunId} {Status}";
}
