namespace EltPs.Engine.Templates;

/// <summary>One <c>{{ name }}</c> of a text of SQL.</summary>
/// <param name="Name">The name as written; its case does not matter.</param>
/// <param name="Offset">Its first bracket, counted from 0 in UTF-16 code units.</param>
/// <param name="Length">Its length, brackets included.</param>
/// <param name="Context">Where it stands.</param>
public sealed record Placeholder(string Name, int Offset, int Length, PlaceholderContext Context)
{
    /// <summary>The line of its first bracket in the text, counted from 1.</summary>
    public int Line { get; init; }

    /// <summary>The column of its first bracket, counted from 1.</summary>
    public int Column { get; init; }

    /// <summary>
    /// Whether nothing else stands in the brackets around it, as in <c>IN ({{ names }})</c>: only there may it be a list.
    /// </summary>
    public bool IsAlone { get; init; }

    /// <summary>The character behind it.</summary>
    public int End => Offset + Length;

    /// <summary>The placeholder as messages show it.</summary>
    public override string ToString() => $"{{{{ {Name} }}}}";
}
