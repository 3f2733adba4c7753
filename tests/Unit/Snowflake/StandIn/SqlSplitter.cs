using EltPs.Engine.Sql;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Splits what was sent together.</summary>
internal static class SqlSplitter
{
    public static IReadOnlyList<string> Split(string text)
    {
        var statements = new List<string>();
        var lexer = new SqlLexer(text, SqlSyntax.Snowflake);
        var (start, end) = (-1, 0);
        while (lexer.TryRead(out var token))
        {
            if (token.Kind == SqlTokenKind.Symbol && text[token.Start] == ';')
            {
                Add(ref start);
                continue;
            }

            start = start < 0 ? token.Start : start;
            end = token.End;
        }

        Add(ref start);
        return statements;

        void Add(ref int from)
        {
            if (from >= 0)
            {
                statements.Add(text[from..end]);
            }

            from = -1;
        }
    }
}
