namespace EltPs.PipelineFiles;

/// <summary>Where in a table's entry <c>Key = value</c> the guard stands.</summary>
internal enum EntryPlace
{
    /// <summary>Not in a table.</summary>
    None,

    /// <summary>A key may begin.</summary>
    Key,

    /// <summary>The key was read; <c>=</c> follows.</summary>
    Equals,

    /// <summary>A value must follow, perhaps in a later line.</summary>
    Value,

    /// <summary>A value was read; a new line or <c>;</c> ends the entry.</summary>
    After,
}
