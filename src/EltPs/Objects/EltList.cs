using System.Collections.ObjectModel;

namespace EltPs.Objects;

/// <summary>A list that nobody can change, and that is readable as text, as in a cell of Export-Csv.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class EltList<T> : ReadOnlyCollection<T>
{
    internal EltList(IEnumerable<T> items)
        : base(items.ToArray())
    {
    }

    /// <summary>The texts of all items.</summary>
    public override string ToString() => string.Join("; ", this);
}
