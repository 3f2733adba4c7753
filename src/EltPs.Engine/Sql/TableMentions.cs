using EltPs.Engine.Names;

namespace EltPs.Engine.Sql;

/// <summary>
/// Finds the names in a query that may be tables': all that are qualified (an alias and its column among them), and of plain ones those
/// that stand where a table does, behind FROM, JOIN or a comma between tables, and are no common table expression. Who asks compares with
/// the tables that they know.
/// </summary>
internal static class TableMentions
{
    // What ends a list of tables.
    private static readonly HashSet<string> Clauses = new(
        [
            "SELECT",
            "WHERE",
            "GROUP",
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "WINDOW",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "MINUS",
            "CONNECT",
            "START",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, in the order of the text.</summary>
    /// <param name="sql">One query.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="fold">How the warehouse compares names.</param>
    public static IReadOnlyList<TableMention> Of(string sql, SqlSyntax syntax, Func<Identifier, string> fold)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(fold);
        var tokens = new TokenList(sql, syntax);
        var found = new List<TableMention>();
        var expressions = new HashSet<string>(StringComparer.Ordinal);

        // For each open bracket whether it holds a query or tables, and whether a list of tables is being read in it.
        var brackets = new Stack<(bool IsQuery, bool IsInFrom)>([(true, false)]);
        var wantsTable = false;
        for (var at = 0; at < tokens.Count; at++)
        {
            var (isQuery, isInFrom) = brackets.Peek();
            switch (tokens.Symbol(at))
            {
                case '(':
                    brackets.Push((wantsTable || tokens.BeginsQuery(at + 1), wantsTable));
                    continue;
                case ')':
                    _ = brackets.Count > 1 ? brackets.Pop() : default;
                    wantsTable = false;
                    continue;
                case ',':
                    wantsTable = isInFrom;
                    continue;
            }

            if (isQuery && tokens.Is(at, "FROM") && !tokens.Is(at - 1, "DISTINCT"))
            {
                Continue(isInFrom: true, table: true);
            }
            else if (isInFrom && tokens.Is(at, "JOIN"))
            {
                wantsTable = true;
            }
            else if (isQuery && tokens.Word(at) is { } word && Clauses.Contains(word))
            {
                Continue(isInFrom: false, table: false);
            }
            else if (!tokens.Is(at, "LATERAL") && tokens.Name(at) is { } name)
            {
                // A name with a bracket behind it is a function, and one with AS and a bracket defines an expression of a WITH.
                if (tokens.IsDefinition(at))
                {
                    expressions.Add(fold(name[0]));
                }
                else if (tokens.Symbol(at + (2 * name.Count) - 1) != '(' && (name.Count > 1 || wantsTable))
                {
                    found.Add(new TableMention(name, tokens.Offset(at)));
                }

                at += 2 * (name.Count - 1);
                wantsTable = false;
            }
        }

        return [.. found.Where(mention => mention.Parts.Count > 1 || !expressions.Contains(fold(mention.Parts[0])))];

        void Continue(bool isInFrom, bool table)
        {
            brackets.Push((brackets.Pop().IsQuery, isInFrom));
            wantsTable = table;
        }
    }
}
