namespace EltPs.DataFiles;

/// <summary>An open bracket.</summary>
/// <param name="opener"><c>@{</c>, <c>@(</c> or <c>(</c>.</param>
/// <param name="line">Its line, counted from 1.</param>
/// <param name="column">Its column, counted from 1.</param>
internal sealed class DataFrame(string opener, int line, int column)
{
    public string Opener { get; } = opener;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public bool IsTable => Opener == "@{";

    public char Closer => IsTable ? '}' : ')';

    /// <summary>What may follow the opener, and each separator.</summary>
    public EntryPlace First => IsTable ? EntryPlace.Key : EntryPlace.Item;

    /// <summary>Where the last key or value began: its index, line and column.</summary>
    public (int Index, int Line, int Column) Last { get; set; }

    public EntryPlace Place { get; set; } = opener == "@{" ? EntryPlace.Key : EntryPlace.Item;
}
