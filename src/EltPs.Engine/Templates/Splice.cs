namespace EltPs.Engine.Templates;

/// <summary>A piece of a template and what was written in its place.</summary>
/// <param name="Start">Its first character in the template.</param>
/// <param name="End">The character behind it.</param>
/// <param name="RenderedStart">The first character of what was written.</param>
/// <param name="RenderedEnd">The character behind it.</param>
/// <param name="Placeholder">The placeholder; null for an escape.</param>
internal readonly record struct Splice(int Start, int End, int RenderedStart, int RenderedEnd, Placeholder? Placeholder)
{
    /// <summary>How far what follows has moved.</summary>
    public int Shift => RenderedEnd - End;
}
