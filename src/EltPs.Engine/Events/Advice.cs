using EltPs.Engine.Names;

namespace EltPs.Engine.Events;

/// <summary>
/// What to do next, as data: the engine knows what helps, and the edge knows the command and the parameter for it
/// (<see cref="IAdviceWording"/>).
/// </summary>
public sealed record Advice
{
    private Advice(AdviceKind kind) => Kind = kind;

    /// <summary>Run anew instead of resuming.</summary>
    public static Advice RunAnew { get; } = new(AdviceKind.RunAnew);

    /// <summary>Run anew instead of resuming, or from one table on.</summary>
    public static Advice RunAnewOrFromTable { get; } = new(AdviceKind.RunAnewOrFromTable);

    /// <summary>Resume on the connection that the run was given, or run anew.</summary>
    public static Advice ResumeOnItsConnection { get; } = new(AdviceKind.ResumeOnItsConnection);

    /// <summary>Run a range of intervals that is named anew.</summary>
    public static Advice RunRange { get; } = new(AdviceKind.RunRange);

    /// <summary>Name the interval to run.</summary>
    public static Advice NameInterval { get; } = new(AdviceKind.NameInterval);

    /// <summary>Name the connection that is meant.</summary>
    public static Advice NameConnection { get; } = new(AdviceKind.NameConnection);

    /// <summary>Keep the state in another folder.</summary>
    public static Advice MoveState { get; } = new(AdviceKind.MoveState);

    /// <summary>Name the folder in which runs leave their state.</summary>
    public static Advice NameState { get; } = new(AdviceKind.NameState);

    /// <summary>Wait until the other run has ended.</summary>
    public static Advice WaitForRun { get; } = new(AdviceKind.WaitForRun);

    /// <summary>Send the alerts that wait.</summary>
    public static Advice SendPendingAlerts { get; } = new(AdviceKind.SendPendingAlerts);

    /// <summary>Give a query more time.</summary>
    public static Advice GiveLonger { get; } = new(AdviceKind.GiveLonger);

    /// <summary>What helps.</summary>
    public AdviceKind Kind { get; }

    /// <summary>The table that it is about; null for none.</summary>
    public TableName? Table { get; private init; }

    /// <summary>What belongs into the sentence, or the sentence itself; null for nothing.</summary>
    public string? Text { get; private init; }

    /// <summary>A sentence that names no command.</summary>
    /// <param name="sentence">The sentence, with its full stop.</param>
    public static Advice Say(string sentence) => new(AdviceKind.Say) { Text = sentence };

    /// <summary>Replace the table at the staging name by force, or move it out of the way.</summary>
    /// <param name="table">The published table's name.</param>
    public static Advice ReplaceStaging(TableName table) => new(AdviceKind.ReplaceStaging) { Table = table };

    /// <summary>Take over the table and its staging table, which a job elsewhere has built.</summary>
    /// <param name="table">The published table's name.</param>
    public static Advice TakeOver(TableName table) => new(AdviceKind.TakeOver) { Table = table };

    /// <summary>Stage the table first.</summary>
    /// <param name="table">The published table's name.</param>
    public static Advice StageFirst(TableName table) => new(AdviceKind.StageFirst) { Table = table };

    /// <summary>Stage the table, bring back the one that stands at the staging name, or publish that one by force.</summary>
    /// <param name="table">The published table's name.</param>
    public static Advice StageOrBringBack(TableName table) => new(AdviceKind.StageOrBringBack) { Table = table };

    /// <summary>Say where the range of intervals begins.</summary>
    /// <param name="choices">The values to choose from, in words.</param>
    public static Advice NameFirstInterval(string choices) => new(AdviceKind.NameFirstInterval) { Text = choices };

    /// <summary>Look at another generation of a table.</summary>
    /// <param name="generation">Which one, as its name in the code.</param>
    public static Advice LookAtGeneration(string generation) => new(AdviceKind.LookAtGeneration) { Text = generation };
}
