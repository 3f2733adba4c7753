namespace EltPs.Engine.Files;

/// <summary>A value of a data file and its place in it; knows nothing of the language that the file is written in.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1, in UTF-16 code units.</param>
public abstract record DataNode(int Line, int Column);

/// <summary>A single value.</summary>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, or null.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
internal sealed record ScalarNode(object? Value, int Line, int Column) : DataNode(Line, Column)
{
    /// <summary>The line of a text's first character, which is behind the opening quote or in the line below it.</summary>
    public int TextLine { get; init; } = Line;

    /// <summary>The column of a text's first character.</summary>
    public int TextColumn { get; init; } = Column;
}

/// <summary>A list of values.</summary>
/// <param name="Items">The values in the file's order.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
internal sealed record ListNode(IReadOnlyList<DataNode> Items, int Line, int Column) : DataNode(Line, Column);

/// <summary>A table of keys and values.</summary>
/// <param name="Entries">The entries in the file's order; a key may occur twice, which the reader of the node complains about.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
internal sealed record TableNode(IReadOnlyList<TableEntry> Entries, int Line, int Column) : DataNode(Line, Column);

/// <summary>One key and its value.</summary>
/// <param name="Key">The key's text; its case does not matter.</param>
/// <param name="Line">The key's line, counted from 1.</param>
/// <param name="Column">The key's column, counted from 1.</param>
/// <param name="Value">The value.</param>
internal sealed record TableEntry(string Key, int Line, int Column, DataNode Value);
