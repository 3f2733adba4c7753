using System.Diagnostics;
using EltPs.Engine.Events;

namespace EltPs.Errors;

/// <summary>Words the engine's advice with the module's cmdlets and parameters.</summary>
internal sealed class CmdletWording : IAdviceWording
{
    private CmdletWording()
    {
    }

    public static CmdletWording Instance { get; } = new();

    public string Word(Advice advice) => advice.Kind switch
    {
        AdviceKind.Say => advice.Text!,
        AdviceKind.ReplaceStaging =>
            $"Rename or drop {advice.Table!.Staging}, or use -Force to replace it (right when a job that ran elsewhere left it behind).",
        AdviceKind.TakeOver =>
            $"Stop that job, then take over with -Force: {advice.Table!.Staging} is replaced by the new build, and {advice.Table} as it is "
                + "now is kept as the previous generation, which -Undo brings back. Without -Force, rename or drop the staging table.",
        AdviceKind.StageFirst => "Build it with Invoke-EltCtas first.",
        AdviceKind.StageOrBringBack =>
            "Build one with Invoke-EltCtas; use -Undo to bring that table back, or -Force to publish it as a new generation.",
        AdviceKind.RunAnew => "Run without -Resume to begin anew.",
        AdviceKind.RunAnewOrFromTable => "Run without -Resume, or from a table on with -StartAt.",
        AdviceKind.ResumeOnItsConnection => "Resume it with -Connection as it was given then, or run without -Resume.",
        AdviceKind.RunRange => "Run today's intervals with -From and -To, or put the Schedule back and resume.",
        AdviceKind.NameFirstInterval => $"Say with -From where to begin: {advice.Text}",
        AdviceKind.NameInterval => "Repair the file, or name the interval with -LogicalDate.",
        AdviceKind.NameConnection => "Name that one with -Connection if it is meant.",
        AdviceKind.MoveState => "Make the folder writable, or name another one with -StatePath.",
        AdviceKind.NameState =>
            "If its runs leave their state elsewhere, name that folder with -StatePath or the variable ELTPS_STATE.",
        AdviceKind.WaitForRun => "Wait for it with -LockTimeout, or run again later.",
        AdviceKind.SendPendingAlerts => "Waiting alerts are sent with the next run, or by Send-EltSlackAlert -Pending.",
        AdviceKind.GiveLonger => "Give it longer with -Timeout, or make the query faster.",
        AdviceKind.LookAtGeneration => $"Look at that one with -Generation {advice.Text}.",
        _ => throw new UnreachableException($"Nothing words the advice {advice.Kind}."),
    };
}
