namespace EltPs.Engine.Templates;

/// <summary>SQL with values in it, which knows where in its template each character comes from.</summary>
internal sealed class RenderedSql
{
    private readonly IReadOnlyList<Splice> _splices;

    internal RenderedSql(string text, string shape, IReadOnlyList<Splice> splices)
    {
        Text = text;
        Shape = shape;
        _splices = splices;
    }

    /// <summary>The SQL as it goes to the warehouse.</summary>
    public string Text { get; }

    /// <summary>The template with each placeholder filled by as many digits; every place in it is as in the template.</summary>
    public string Shape { get; }

    /// <summary>The place in the template; of a character within a value the place of its placeholder.</summary>
    /// <param name="offset">The place in <see cref="Text"/>, counted from 0 in UTF-16 code units.</param>
    public int ToTemplate(int offset)
    {
        var shift = 0;
        foreach (var splice in _splices)
        {
            if (offset < splice.RenderedStart)
            {
                break;
            }

            if (offset < splice.RenderedEnd)
            {
                return splice.Start;
            }

            shift = splice.Shift;
        }

        return Math.Clamp(offset - shift, 0, Shape.Length);
    }
}
