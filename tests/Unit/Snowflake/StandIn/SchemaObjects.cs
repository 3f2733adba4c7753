namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A schema and what is in it.</summary>
internal sealed class SchemaObjects
{
    /// <summary>What stands at each name.</summary>
    public Dictionary<string, WarehouseObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What was dropped or replaced and can come back: the latest of a name on top.</summary>
    public Dictionary<string, Stack<WarehouseObject>> Dropped { get; } = new(StringComparer.Ordinal);

    /// <summary>What a new table gets unless it is made with COPY GRANTS.</summary>
    public SortedSet<Grant> FutureGrants { get; } = WarehouseObject.NoGrants();

    /// <summary>
    /// Privileges on the schema itself; none means that every role may use it, so that a test has to care only if it wants to.
    /// </summary>
    public SortedSet<Grant> Grants { get; } = WarehouseObject.NoGrants();

    public bool IsSeenBy(string role) => Grants.Count == 0 || role == ObjectStore.Administrator || Grants.Any(grant => grant.Role == role);

    public bool Allows(string privilege, string role) =>
        Grants.Count == 0 || role == ObjectStore.Administrator || Grants.Contains(new Grant(privilege, role));

    /// <summary>Takes what stands at a name away, so that UNDROP finds it.</summary>
    public void Drop(string name)
    {
        if (Objects.Remove(name, out var dropped))
        {
            if (!Dropped.TryGetValue(name, out var stack))
            {
                Dropped[name] = stack = new Stack<WarehouseObject>();
            }

            stack.Push(dropped);
        }
    }
}
