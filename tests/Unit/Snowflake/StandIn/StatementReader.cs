using EltPs.Engine.Names;
using EltPs.Engine.Sql;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Reads a statement word by word.</summary>
internal sealed class StatementReader
{
    private readonly string _text;
    private readonly List<SqlToken> _tokens = [];

    public StatementReader(string text)
    {
        _text = text;
        var lexer = new SqlLexer(text, SqlSyntax.Snowflake);
        while (lexer.TryRead(out var token))
        {
            _tokens.Add(token);
        }

        if (lexer.Problem is { } problem)
        {
            throw Unexpected(problem.Offset, text[problem.Offset..]);
        }
    }

    /// <summary>The place of the next token in the list.</summary>
    public int At { get; set; }

    public int Count => _tokens.Count;

    public bool IsAtEnd => At >= _tokens.Count;

    public SqlToken this[int index] => _tokens[index];

    /// <summary>The text of a token; empty behind the last one.</summary>
    public string TextAt(int index) =>
        index >= 0 && index < _tokens.Count ? _text.Substring(_tokens[index].Start, _tokens[index].Length) : string.Empty;

    /// <summary>What is written between two tokens: from the first up to, and without, the second.</summary>
    public string Slice(int from, int to)
    {
        if (from >= to)
        {
            return string.Empty;
        }

        var start = _tokens[from].Start;
        return _text[start.._tokens[to - 1].End];
    }

    /// <summary>Whether the words come next, in this order; symbols are words too.</summary>
    public bool IsNext(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!TextAt(At + i).Equals(words[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Steps over the words if they come next.</summary>
    public bool Accept(params ReadOnlySpan<string> words)
    {
        if (!IsNext(words))
        {
            return false;
        }

        At += words.Length;
        return true;
    }

    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!Accept(word))
            {
                throw Unexpected();
            }
        }
    }

    /// <summary>One statement's end: nothing, or a semicolon and nothing.</summary>
    public void ExpectEnd()
    {
        Accept(";");
        if (!IsAtEnd)
        {
            throw Unexpected();
        }
    }

    /// <summary>One part of a name, folded.</summary>
    public string ReadName()
    {
        var written = TextAt(At);
        if (IsAtEnd || !Identifier.TryParse(written, out var name))
        {
            throw Unexpected();
        }

        At++;
        return name.IsQuoted ? name.Text : name.Text.ToUpperInvariant();
    }

    /// <summary>The parts of a name with dots between, folded.</summary>
    public List<string> ReadParts()
    {
        var parts = new List<string> { ReadName() };
        while (Accept("."))
        {
            parts.Add(ReadName());
        }

        return parts;
    }

    /// <summary>A full name of an object, completed with what the context says.</summary>
    public ObjectPath ReadPath(StatementContext context) => NameResolution.Object(ReadParts(), context);

    /// <summary>A text literal's value.</summary>
    public string ReadText() =>
        !IsAtEnd && _tokens[At].Kind == SqlTokenKind.Text ? SnowflakeLiteral.Value(TextAt(At++)) : throw Unexpected();

    /// <summary>What stands between the bracket that comes next and the one that closes it.</summary>
    public string ReadBracket()
    {
        Expect("(");
        var start = At;
        for (var depth = 1; !IsAtEnd; At++)
        {
            depth += TextAt(At) switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0)
            {
                return Slice(start, At++);
            }
        }

        throw Unexpected();
    }

    /// <summary>All that is left, without a semicolon at the end.</summary>
    public string ReadRest()
    {
        var end = _tokens.Count;
        while (end > At && TextAt(end - 1) == ";")
        {
            end--;
        }

        var rest = Slice(At, end);
        At = _tokens.Count;
        return rest;
    }

    /// <summary>The error at the next token.</summary>
    public Refusal Unexpected() => IsAtEnd ? Unexpected(_text.Length, "<EOF>") : Unexpected(_tokens[At].Start, TextAt(At));

    /// <summary>The line and the place in it, as Snowflake counts them: from 1 and from 0.</summary>
    public (int Line, int Position) Place(int index)
    {
        var start = index < _tokens.Count ? _tokens[index].Start : _text.Length;
        return PlaceOf(start);
    }

    private (int Line, int Position) PlaceOf(int offset) =>
        (_text.AsSpan(0, offset).Count('\n') + 1, offset - (_text.AsSpan(0, offset).LastIndexOf('\n') + 1));

    private Refusal Unexpected(int offset, string unexpected)
    {
        var (line, position) = PlaceOf(offset);
        return Refusal.Syntax(line, position, unexpected);
    }
}
