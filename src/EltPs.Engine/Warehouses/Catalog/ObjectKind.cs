namespace EltPs.Engine.Warehouses;

/// <summary>What a name stands for in the warehouse.</summary>
internal enum ObjectKind
{
    /// <summary>A table with rows of its own.</summary>
    Table,

    /// <summary>A view, or anything else that has no rows of its own.</summary>
    View,
}
