using EltPs.Engine.Steps;

namespace EltPs.Objects;

/// <summary>A staged table that passed its checks: the only thing that Switch-EltTable publishes as it is.</summary>
public sealed class EltVerifiedTable : EltObject
{
    internal EltVerifiedTable(VerifiedTable verified)
        : base(verified)
    {
        Table = verified.Name.ToString();
        Staging = verified.Staged.Staging.ToString();
        Rows = verified.Rows;
        Check = Plain.Seconds(verified.CheckTime);
        Generation = verified.Generation;
        Replaces = verified.Staged.Replaces;
        RunId = verified.Staged.RunId;
        Checks = new(verified.Checks.Select(check => new EltCheck(Table, check)));
        Connection = verified.Staged.Definition.Session.Connection.ToString();
        Pipeline = verified.Staged.Definition.Pipeline;
    }

    /// <summary>The table that it is meant to become.</summary>
    public string Table { get; }

    /// <summary>Where it stands now.</summary>
    public string Staging { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>How long the checks took, in seconds.</summary>
    public double Check { get; }

    /// <summary>The id of this build.</summary>
    public string Generation { get; }

    /// <summary>
    /// What was published when it was built: a generation id, <c>none</c> (a table without a marker) or <c>first</c> (nothing).
    /// </summary>
    public string Replaces { get; }

    /// <summary>The run that built it.</summary>
    public string RunId { get; }

    /// <summary>What each of its checks found.</summary>
    public EltList<EltCheck> Checks { get; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection { get; }

    /// <summary>The pipeline that lists it; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Table;
}
