using EltPs.Engine.Names;

namespace EltPs.Engine.Sql;

/// <summary>A text's tokens, to be looked at back and forth. Every question may be asked of a place where there is none.</summary>
internal sealed class TokenList
{
    private readonly string _sql;
    private readonly List<SqlToken> _tokens = [];

    public TokenList(string sql, SqlSyntax syntax)
    {
        _sql = sql;
        var lexer = new SqlLexer(sql, syntax);
        while (lexer.TryRead(out var token))
        {
            _tokens.Add(token);
        }

        Problem = lexer.Problem;
    }

    /// <summary>The tokens, in the text's order.</summary>
    public List<SqlToken> All => _tokens;

    /// <summary>What ended the text early (an open quote or comment); null if nothing did.</summary>
    public SqlProblem? Problem { get; }

    public int Count => _tokens.Count;

    /// <summary>The token's place in the text.</summary>
    public int Offset(int at) => _tokens[at].Start;

    /// <summary>The symbol there; NUL if it is none.</summary>
    public char Symbol(int at) => Is(at, SqlTokenKind.Symbol) ? _sql[_tokens[at].Start] : '\0';

    /// <summary>The word there; null if it is none.</summary>
    public string? Word(int at) => Is(at, SqlTokenKind.Word) ? _sql.Substring(_tokens[at].Start, _tokens[at].Length) : null;

    /// <summary>Whether this word is there.</summary>
    public bool Is(int at, string word) => word.Equals(Word(at), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a query begins there.</summary>
    public bool BeginsQuery(int at) =>
        Is(at, "SELECT") || Is(at, "WITH") || Is(at, "FROM") || Is(at, "VALUES") || (Symbol(at) == '(' && BeginsQuery(at + 1));

    /// <summary>Whether a name there is defined as an expression of a WITH: <c>name AS (</c> or <c>name (columns) AS (</c>.</summary>
    public bool IsDefinition(int at)
    {
        var next = at + 1;
        if (Symbol(next) == '(')
        {
            while (next < Count && Symbol(next) != ')')
            {
                next++;
            }

            next++;
        }

        return Is(next, "AS") && Symbol(next + 1) == '(';
    }

    /// <summary>The parts of the name that begins there, with dots between; null if none does.</summary>
    public IReadOnlyList<Identifier>? Name(int at)
    {
        var parts = new List<Identifier>();
        while (Part(at) is { } part)
        {
            parts.Add(part);
            if (Symbol(at + 1) != '.')
            {
                break;
            }

            at += 2;
        }

        return parts.Count > 0 ? parts : null;
    }

    private Identifier? Part(int at) =>
        at < Count ? SqlText.ToIdentifier(_sql.AsSpan(_tokens[at].Start, _tokens[at].Length), _tokens[at].Kind) : null;

    private bool Is(int at, SqlTokenKind kind) => at >= 0 && at < Count && _tokens[at].Kind == kind;
}
