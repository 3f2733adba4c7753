using System.Globalization;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;

namespace EltPs.Objects;

/// <summary>What became of one table of a run.</summary>
public sealed class EltTableResult : EltObject
{
    internal EltTableResult(TableResult table)
        : this((TableRecord)table)
    {
        Message = table.Message;
        FailedStep = table.FailedStep?.ToString();
    }

    internal EltTableResult(JournaledTable table)
        : this((TableRecord)table)
    {
        Replaces = table.Replaces;
        Step = table.Step?.ToString();
        RequestId = table.RequestId?.ToString();
        Handle = table.Handle;
    }

    private EltTableResult(TableRecord table)
        : base(table)
    {
        Table = table.Name;
        Status = table.Status.ToString();
        Rows = table.Rows;
        Stage = Plain.Seconds(table.StageTime);
        Check = Plain.Seconds(table.CheckTime);
        Publish = Plain.Seconds(table.PublishTime);
        Attempts = table.Attempts;
        Generation = table.Generation;
        DefinitionHash = table.DefinitionHash;
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>
    /// How it ended: Published, UpToDate, Failed, Cancelled, Unknown; Skipped if the run did not reach it, or has not yet.
    /// </summary>
    public string Status { get; }

    /// <summary>The rows of the new generation; null if they were not counted.</summary>
    public long? Rows { get; }

    /// <summary>How long the build took, in seconds; null if it did not end well.</summary>
    public double? Stage { get; }

    /// <summary>How long the checks took, in seconds; null if they did not end well.</summary>
    public double? Check { get; }

    /// <summary>How long the swap took, in seconds; null if it did not end well.</summary>
    public double? Publish { get; }

    /// <summary>How often it was attempted; 0 if the run did not reach it.</summary>
    public int Attempts { get; }

    /// <summary>The generation that was staged, or that was published already; null if neither.</summary>
    public string? Generation { get; }

    /// <summary>
    /// What that generation replaces, as the journal has it: a generation id, <c>none</c> or <c>first</c>; null if it is not known.
    /// </summary>
    public string? Replaces { get; }

    /// <summary>The step that failed or was cancelled; null if none was, or the journal alone is known: then the run has it.</summary>
    public string? FailedStep { get; }

    /// <summary>What went wrong, in words; null if nothing did, or the journal alone is known: then the run has it.</summary>
    public string? Message { get; }

    /// <summary>The step that began and has not ended, as the journal has it; null if none.</summary>
    public string? Step { get; }

    /// <summary>
    /// The request of the statement that was in flight in that step; null if none was, or the warehouse has no such thing.
    /// </summary>
    public string? RequestId { get; }

    /// <summary>The warehouse's handle of that statement; null if it has not told one.</summary>
    public string? Handle { get; }

    /// <summary>The hash of what it was built from.</summary>
    public string DefinitionHash { get; }

    /// <summary>The table's name, its status and its rows.</summary>
    public override string ToString()
    {
        var rows = Rows is { } count
            ? string.Create(CultureInfo.InvariantCulture, $", {count} {(count == 1 ? "row" : "rows")}")
            : string.Empty;
        return $"{Table} ({Status}{rows})";
    }
}
