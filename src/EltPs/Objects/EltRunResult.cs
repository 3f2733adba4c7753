using EltPs.Engine.Runs;
using EltPs.Errors;

namespace EltPs.Objects;

/// <summary>What became of a run that has just ended: its status, its tables, and what stopped it.</summary>
public sealed class EltRunResult : EltRun
{
    internal EltRunResult(RunResult run)
        : base(run, run.Tables.Select(table => new EltTableResult(table)))
    {
        Message = run.Error?.Message ?? run.Message;
        ErrorId = run.Error is { } error ? ErrorTable.Of(error.Kind).Id : null;
        FailedTable = Plain.Text(run.FailedTable);
        QueryId = run.Error?.QueryId;
        JournalPath = run.JournalPath;
        ResumeCommand = run.ResumeCommand;
        Checks = new(run.Tables.SelectMany(table => table.Checks.Select(check => new EltCheck(table.Name, check))));
        FailedAttempts = new(
            run.Tables.SelectMany(table => table.FailedAttempts.Select(attempt => new EltFailedAttempt(table.Name, attempt))));
    }

    /// <summary>The pipeline's name and the status.</summary>
    public override string ToString() => $"{Pipeline} {Status}";
}
