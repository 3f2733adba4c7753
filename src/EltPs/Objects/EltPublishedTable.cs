using EltPs.Engine.Steps;

namespace EltPs.Objects;

/// <summary>A table that was swapped into place.</summary>
public sealed class EltPublishedTable : EltObject
{
    internal EltPublishedTable(PublishedTable published)
        : base(published)
    {
        Table = published.Name.ToString();
        Rows = published.Rows;
        Publish = Plain.Seconds(published.PublishTime);
        Generation = published.Generation;
        Replaced = published.Replaced;
        IsUndo = published.IsUndo;
        RunId = published.RunId;
        PublishedAt = Plain.Utc(published.PublishedAt);
        Stage = Plain.Seconds(published.StageTime);
        Check = Plain.Seconds(published.CheckTime);
        Connection = published.Definition.Session.Connection.ToString();
        Pipeline = published.Definition.Pipeline;
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>The number of rows; null after an undo, which does not count.</summary>
    public long? Rows { get; }

    /// <summary>How long the swap took, in seconds.</summary>
    public double Publish { get; }

    /// <summary>The generation that is published now.</summary>
    public string Generation { get; }

    /// <summary>What it replaced: a generation id, <c>none</c> (a table without a marker) or <c>first</c> (nothing).</summary>
    public string Replaced { get; }

    /// <summary>Whether an undo brought it back.</summary>
    public bool IsUndo { get; }

    /// <summary>The run that built it; null after an undo.</summary>
    public string? RunId { get; }

    /// <summary>When it was published, in UTC.</summary>
    public DateTime PublishedAt { get; }

    /// <summary>How long the build took, in seconds; null after an undo.</summary>
    public double? Stage { get; }

    /// <summary>How long the checks took, in seconds; null after an undo.</summary>
    public double? Check { get; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection { get; }

    /// <summary>The pipeline that lists it; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Table;
}
