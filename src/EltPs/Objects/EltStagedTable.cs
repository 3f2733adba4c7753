using EltPs.Engine.Steps;

namespace EltPs.Objects;

/// <summary>A table that was built at its staging name and that nobody has checked.</summary>
public sealed class EltStagedTable : EltObject
{
    internal EltStagedTable(StagedTable staged)
        : base(staged)
    {
        Table = staged.Name.ToString();
        Staging = staged.Staging.ToString();
        Generation = staged.Generation;
        Replaces = staged.Replaces;
        RunId = staged.RunId;
        StagedAt = Plain.Utc(staged.StagedAt);
        Stage = Plain.Seconds(staged.StageTime);
        Connection = staged.Definition.Session.Connection.ToString();
        Pipeline = staged.Definition.Pipeline;
    }

    /// <summary>The table that it is meant to become.</summary>
    public string Table { get; }

    /// <summary>Where it stands now.</summary>
    public string Staging { get; }

    /// <summary>How long the build took, in seconds.</summary>
    public double Stage { get; }

    /// <summary>The id of this build.</summary>
    public string Generation { get; }

    /// <summary>
    /// What was published when it was built: a generation id, <c>none</c> (a table without a marker) or <c>first</c> (nothing).
    /// </summary>
    public string Replaces { get; }

    /// <summary>The run that built it.</summary>
    public string RunId { get; }

    /// <summary>When it was built, in UTC.</summary>
    public DateTime StagedAt { get; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection { get; }

    /// <summary>The pipeline that lists it; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Table;
}
