using EltPs.Engine.Sql;

namespace EltPs.Engine.Templates;

/// <summary>Compares rendered SQL with its template: outside of the values, every token must be what and where it was.</summary>
/// <remarks>
/// The writer escapes each value for its place already. This is the promise that it keeps, checked on every text that goes to a warehouse;
/// and the only way to see that a text between dollar signs ends early, where nothing can be escaped.
/// </remarks>
internal static class ShapeGuard
{
    /// <summary>The placeholder at which the SQL became another one; null if it did not.</summary>
    public static Placeholder? FindChange(string shape, string rendered, IReadOnlyList<Splice> splices, SqlSyntax syntax)
    {
        var before = new SqlLexer(shape, syntax);
        var after = new SqlLexer(rendered, syntax);
        var next = 0;
        var nextRendered = 0;
        var shift = 0;
        while (true)
        {
            var hasToken = TryReadOutside(ref before, splices, ref next, ref shift, out var start, out var expected);
            var hasRendered = TryReadOutside(ref after, splices, ref nextRendered, out var found);
            if (!hasToken && !hasRendered)
            {
                return after.Problem is null ? null : Blame(splices, shape.Length);
            }

            if (hasToken != hasRendered || expected != found)
            {
                return Blame(splices, hasToken ? start : shape.Length);
            }
        }
    }

    // The template's next token that is no placeholder itself, where it must be in the rendered text.
    private static bool TryReadOutside(
        ref SqlLexer lexer, IReadOnlyList<Splice> splices, ref int next, ref int shift, out int end, out SqlToken expected)
    {
        expected = default;
        end = 0;
        while (lexer.TryRead(out var token))
        {
            end = token.End;
            Pass(splices, token.Start, ref next, ref shift);
            if (next < splices.Count && token.Start >= splices[next].Start && token.End <= splices[next].End)
            {
                continue;
            }

            var start = token.Start + shift;
            Pass(splices, token.End, ref next, ref shift);
            expected = new SqlToken(token.Kind, start, token.End + shift - start);
            return true;
        }

        return false;
    }

    // The rendered text's next token that is no value's.
    private static bool TryReadOutside(ref SqlLexer lexer, IReadOnlyList<Splice> splices, ref int next, out SqlToken found)
    {
        while (lexer.TryRead(out found))
        {
            while (next < splices.Count && splices[next].RenderedEnd <= found.Start)
            {
                next++;
            }

            if (next == splices.Count || found.Start < splices[next].RenderedStart || found.End > splices[next].RenderedEnd)
            {
                return true;
            }
        }

        found = default;
        return false;
    }

    private static void Pass(IReadOnlyList<Splice> splices, int offset, ref int next, ref int shift)
    {
        while (next < splices.Count && splices[next].End <= offset)
        {
            shift = splices[next].Shift;
            next++;
        }
    }

    private static Placeholder? Blame(IReadOnlyList<Splice> splices, int offset) =>
        splices.LastOrDefault(splice => splice.Placeholder is not null && splice.Start < offset).Placeholder
        ?? splices.FirstOrDefault(splice => splice.Placeholder is not null).Placeholder;
}
