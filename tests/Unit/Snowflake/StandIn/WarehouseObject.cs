namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A table or a view. It is the object that has grants, comment and rows; a name only leads to it.</summary>
/// <param name="id">Never given twice, so that a test can see which object stands at a name.</param>
internal sealed class WarehouseObject(int id)
{
    public const string BaseTable = "BASE TABLE";
    public const string TemporaryTable = "TEMPORARY TABLE";
    public const string ExternalTable = "EXTERNAL TABLE";
    public const string View = "VIEW";

    public int Id { get; } = id;

    /// <summary>The kind, as TABLE_TYPE of the TABLES view says it.</summary>
    public string Type { get; set; } = BaseTable;

    public bool IsTransient { get; set; }

    public bool IsDynamic { get; set; }

    public bool IsIceberg { get; set; }

    public string? Comment { get; set; }

    /// <summary>The clustering key as it is shown: <c>LINEAR(month)</c>.</summary>
    public string? ClusteringKey { get; set; }

    public required string Owner { get; set; }

    /// <summary>All privileges but OWNERSHIP, in the order of their text.</summary>
    public SortedSet<Grant> Grants { get; init; } = NoGrants();

    public List<Policy> Policies { get; init; } = [];

    /// <summary>The query of a view, and the context that its names are read in.</summary>
    public (string Query, StatementContext Context)? Definition { get; init; }

    public bool IsView => Type == View;

    /// <summary>Where its rows are.</summary>
    public string Store => $"store.o{Id}";

    public static SortedSet<Grant> NoGrants() => new(Comparer<Grant>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())));

    public bool IsSeenBy(string role) => IsOwnedBy(role) || Grants.Any(grant => grant.Role == role || grant.Role == ObjectStore.Public);

    public bool IsOwnedBy(string role) => role == Owner || role == ObjectStore.Administrator;

    public bool Allows(string privilege, string role) =>
        IsOwnedBy(role) || Grants.Contains(new Grant(privilege, role)) || Grants.Contains(new Grant(privilege, ObjectStore.Public));

    /// <summary>The same object as it is now, for a test to look at later.</summary>
    public WarehouseObject Snapshot() => new(Id)
    {
        Type = Type,
        IsTransient = IsTransient,
        IsDynamic = IsDynamic,
        IsIceberg = IsIceberg,
        Comment = Comment,
        ClusteringKey = ClusteringKey,
        Owner = Owner,
        Grants = new SortedSet<Grant>(Grants, Grants.Comparer),
        Policies = [.. Policies],
        Definition = Definition,
    };
}
