namespace EltPs.Engine.Sql;

/// <summary>Cuts SQL into tokens; comments and white space are skipped.</summary>
/// <remarks>
/// What warehouses read differently is told by a <see cref="SqlSyntax"/>. <c>/* */</c> nests for all of them: where a warehouse does not
/// nest, a comment within a comment ends early and the rest is refused as something that is not one query. <c>E'…'</c> has backslash
/// escapes in DuckDB and is no text in Snowflake, so reading the escapes is right in both.
/// Sources: DuckDB documentation, "Literal Types"; Snowflake documentation, "String &amp; binary data types".
/// </remarks>
internal ref struct SqlLexer
{
    private readonly ReadOnlySpan<char> _sql;
    private readonly SqlSyntax _syntax;
    private int _at;

    /// <summary>Starts at the beginning of a text.</summary>
    public SqlLexer(ReadOnlySpan<char> sql, SqlSyntax syntax)
    {
        _sql = sql;
        _syntax = syntax;
    }

    /// <summary>What ended the text early (an open quote or comment); null if nothing did.</summary>
    public SqlProblem? Problem { get; private set; }

    /// <summary>The next token; false at the end of the text, or where <see cref="Problem"/> says.</summary>
    public bool TryRead(out SqlToken token)
    {
        token = default;
        if (Problem is not null || !SkipBlanks())
        {
            return false;
        }

        var start = _at;
        var kind = ReadOne();
        token = new SqlToken(kind, start, _at - start);
        return Problem is null;
    }

    private SqlTokenKind ReadOne()
    {
        var first = _sql[_at];
        switch (first)
        {
            case '\'':
                ReadQuoted('\'', _syntax.HasBackslashEscapes, "text");
                return SqlTokenKind.Text;
            case '"':
                ReadQuoted('"', hasEscapes: false, "quoted name");
                return SqlTokenKind.QuotedName;
            case '$' when DollarTagLength() is > 0 and var length:
                ReadDollarText(length);
                return SqlTokenKind.Text;
        }

        if (first is 'e' or 'E' && Peek(1) == '\'')
        {
            _at++;
            ReadQuoted('\'', hasEscapes: true, "text");
            return SqlTokenKind.Text;
        }

        if (!IsWordStart(first) && !char.IsAsciiDigit(first))
        {
            _at++;
            return SqlTokenKind.Symbol;
        }

        // A dollar sign inside a name belongs to the name: a$b$c holds no dollar-quoted text.
        while (_at < _sql.Length && (IsWordPart(_sql[_at]) || _sql[_at] == '$'))
        {
            _at++;
        }

        return SqlTokenKind.Word;
    }

    private bool SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            if (char.IsWhiteSpace(_sql[_at]) || _sql[_at] == '\ufeff')
            {
                _at++;
            }
            else if ((_sql[_at] == '-' && Peek(1) == '-') || (_syntax.HasSlashComments && _sql[_at] == '/' && Peek(1) == '/'))
            {
                var rest = _sql[_at..].IndexOfAny('\n', '\r');
                _at = rest < 0 ? _sql.Length : _at + rest;
            }
            else if (_sql[_at] == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipBlockComment()
    {
        var start = _at;
        var depth = 0;
        do
        {
            if (_at + 1 >= _sql.Length)
            {
                Fail(start, "This comment is not closed; end it with */.");
                return;
            }

            var step = (_sql[_at], _sql[_at + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            depth += step;
            _at += step == 0 ? 1 : 2;
        }
        while (depth > 0);
    }

    private void ReadQuoted(char quote, bool hasEscapes, string what)
    {
        var start = _at++;
        while (_at < _sql.Length)
        {
            var read = _sql[_at++];
            if (read == '\\' && hasEscapes)
            {
                _at++;
            }
            else if (read == quote && Peek(0) == quote)
            {
                _at++;
            }
            else if (read == quote)
            {
                return;
            }
        }

        Fail(start, $"This {what} is not closed; end it with {quote}.");
    }

    /// <summary>The length of <c>$$</c> or <c>$tag$</c> here; 0 if there is none.</summary>
    private readonly int DollarTagLength()
    {
        var at = _at + 1;
        while (_syntax.HasDollarTags && at < _sql.Length && (at == _at + 1 ? IsWordStart(_sql[at]) : IsWordPart(_sql[at])))
        {
            at++;
        }

        return at < _sql.Length && _sql[at] == '$' ? at + 1 - _at : 0;
    }

    private void ReadDollarText(int tagLength)
    {
        var start = _at;
        var tag = _sql.Slice(_at, tagLength);
        _at += tagLength;
        var length = _sql[_at..].IndexOf(tag, StringComparison.Ordinal);
        if (length < 0)
        {
            Fail(start, $"This text is not closed; end it with the same {(tagLength == 2 ? "$$" : "$tag$")} that begins it.");
            return;
        }

        _at += length + tagLength;
    }

    private void Fail(int offset, string message)
    {
        Problem = new SqlProblem(offset, message);
        _at = _sql.Length;
    }

    private readonly char Peek(int ahead) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private static bool IsWordStart(char value) => char.IsLetter(value) || value == '_' || char.IsSurrogate(value);

    private static bool IsWordPart(char value) => IsWordStart(value) || char.IsAsciiDigit(value);
}
