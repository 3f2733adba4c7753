using System.Text;

using EltPs.Engine.Names;
using EltPs.Engine.Sql;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>
/// Writes a query of Snowflake's in DuckDB's words: names lead to the objects that stand there now, and literals are written anew.
/// </summary>
/// <remarks>
/// Names are looked up here and not in DuckDB, which tells no upper from lower case even where names are quoted, and knows of no roles.
/// </remarks>
internal sealed class QueryText(ObjectStore store, Func<string, StatementContext, string?> function)
{
    // What can follow a relation and is not its alias.
    private static readonly HashSet<string> NoAlias = new(StringComparer.OrdinalIgnoreCase)
    {
        "WHERE",
        "JOIN",
        "INNER",
        "LEFT",
        "RIGHT",
        "FULL",
        "CROSS",
        "NATURAL",
        "ASOF",
        "ON",
        "USING",
        "GROUP",
        "ORDER",
        "HAVING",
        "LIMIT",
        "QUALIFY",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "MINUS",
        "WINDOW",
        "OFFSET",
        "FETCH",
        "SAMPLE",
        "TABLESAMPLE",
        "PIVOT",
        "UNPIVOT",
        "SELECT",
    };

    private static readonly HashSet<string> EndOfFrom = new(StringComparer.OrdinalIgnoreCase)
    {
        "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "QUALIFY", "UNION", "EXCEPT", "INTERSECT", "SELECT", "WINDOW",
    };

    /// <exception cref="Refusal">A name leads nowhere, or to what the role may not read.</exception>
    public string Translate(string query, StatementContext context)
    {
        var reader = new StatementReader(query);
        var names = CommonTables(reader);
        var levels = new Stack<(bool HasSelect, bool IsInFrom)>([(false, false)]);
        var text = new StringBuilder(query.Length);
        while (!reader.IsAtEnd)
        {
            var word = reader.TextAt(reader.At);
            var (hasSelect, isInFrom) = levels.Pop();
            if (word is ")" && levels.Count > 0)
            {
                Write(text, reader, word);
                continue;
            }

            var keyword = word.ToUpperInvariant();
            var isDistinctFrom = reader.TextAt(reader.At - 1).Equals("DISTINCT", StringComparison.OrdinalIgnoreCase);
            var beginsRelation = (keyword is "FROM" && hasSelect && !isDistinctFrom) || keyword is "JOIN" || (keyword is "," && isInFrom);
            levels.Push((hasSelect || keyword is "SELECT", (isInFrom || beginsRelation) && !EndOfFrom.Contains(keyword)));
            if (beginsRelation)
            {
                Write(text, reader, word);
                text.Append(' ').Append(Relation(reader, context, names));
            }
            else if (word is "(")
            {
                levels.Push((false, false));
                Write(text, reader, word);
            }
            else
            {
                WriteExpression(text, reader, context);
            }
        }

        return text.ToString();
    }

    private void WriteExpression(StringBuilder text, StatementReader reader, StatementContext context)
    {
        var token = reader[reader.At];
        var word = reader.TextAt(reader.At);
        if (token.Kind == SqlTokenKind.Text)
        {
            Write(text, reader, SnowflakeLiteral.ForDuckDb(SnowflakeLiteral.Value(word)));
        }
        else if (reader.IsNext(word, "(", ")") && function(word.ToUpperInvariant(), context) is { } value)
        {
            Write(text, reader, value);
            reader.At += 2;
        }
        else if (Identifier.TryParse(word, out _) && reader.TextAt(reader.At + 1) == "." && reader.TextAt(reader.At + 3) == ".")
        {
            // schema.table.column: the relation has the table's own name.
            text.Append(' ');
            reader.At += 2;
        }
        else
        {
            Write(text, reader, word);
        }
    }

    private string Relation(StatementReader reader, StatementContext context, HashSet<string> names)
    {
        if (reader.IsNext("TABLE", "("))
        {
            reader.Accept("TABLE");
            return PolicyReferences(new StatementReader(reader.ReadBracket()), context);
        }

        if (reader.IsAtEnd || !Identifier.TryParse(reader.TextAt(reader.At), out _) || reader.IsNext("LATERAL"))
        {
            return string.Empty;
        }

        var start = reader.At;
        var parts = reader.ReadParts();
        if (reader.IsNext("(") || (parts.Count == 1 && names.Contains(parts[0])))
        {
            return reader.Slice(start, reader.At);
        }

        return Found(parts, context) + (HasAlias(reader) ? string.Empty : $" AS {Identifier.Quote(parts[^1])}");
    }

    private string Found(List<string> parts, StatementContext context)
    {
        var role = NameResolution.Role(context);
        if (parts.Count > 1 && parts[^2] == "INFORMATION_SCHEMA")
        {
            return new InformationSchema(store).View(parts.Count == 3 ? parts[0] : NameResolution.Database(context), parts[^1], role);
        }

        var found = store.Readable(NameResolution.Object(parts, context), role);

        // A view reads by names, whatever stands at them now, and as its owner may.
        return found.Definition is { } view
            ? $"({Translate(view.Query, view.Context with { Role = found.Owner })})"
            : found.Store;
    }

    private string PolicyReferences(StatementReader reader, StatementContext context)
    {
        var parts = reader.ReadParts();
        if (parts.Count < 2 || parts[^2] != "INFORMATION_SCHEMA" || parts[^1] != "POLICY_REFERENCES")
        {
            throw new Refusal("002141", "42601", $"SQL compilation error:\nUnknown user-defined table function {string.Join('.', parts)}");
        }

        reader.Expect("(", "ref_entity_name", "=", ">");
        var name = new StatementReader(reader.ReadText());
        reader.Expect(",", "ref_entity_domain", "=", ">");
        if (!reader.ReadText().Equals("TABLE", StringComparison.OrdinalIgnoreCase))
        {
            throw reader.Unexpected();
        }

        reader.Expect(")");
        return InformationSchema.PolicyReferences(store.OwnedTable(name.ReadPath(context), NameResolution.Role(context)));
    }

    private static HashSet<string> CommonTables(StatementReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i < reader.Count - 1; i++)
        {
            if (reader.TextAt(i).Equals("AS", StringComparison.OrdinalIgnoreCase) && reader.TextAt(i + 1) == "("
                && Identifier.TryParse(reader.TextAt(i - 1), out var name))
            {
                names.Add(name.IsQuoted ? name.Text : name.Text.ToUpperInvariant());
            }
        }

        return names;
    }

    private static bool HasAlias(StatementReader reader) =>
        !reader.IsAtEnd
        && reader[reader.At].Kind is (SqlTokenKind.Word or SqlTokenKind.QuotedName)
        && !NoAlias.Contains(reader.TextAt(reader.At));

    private static void Write(StringBuilder text, StatementReader reader, string word)
    {
        // Words that touch stay together: >= and a.b are several of them.
        if (reader.At > 0 && reader[reader.At].Start > reader[reader.At - 1].End)
        {
            text.Append(' ');
        }

        text.Append(word);
        reader.At++;
    }
}
