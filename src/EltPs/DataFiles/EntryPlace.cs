namespace EltPs.DataFiles;

/// <summary>Where in a table's entry <c>Key = value</c>, or between the items of a list, the guard stands.</summary>
internal enum EntryPlace
{
    /// <summary>In a list: an item may begin.</summary>
    Item,

    /// <summary>A key may begin.</summary>
    Key,

    /// <summary>The key was read; <c>=</c> follows.</summary>
    Equals,

    /// <summary>A value must follow, perhaps in a later line.</summary>
    Value,

    /// <summary>A value was read; a separator follows.</summary>
    After,
}
