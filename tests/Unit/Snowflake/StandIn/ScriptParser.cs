namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Reads a Snowflake Scripting block: the whole of it before anything runs, as Snowflake does.</summary>
/// <remarks>
/// Source: Snowflake documentation, "Snowflake Scripting reference": BEGIN … END, DECLARE, IF, EXCEPTION, RETURN, "SELECT … INTO".
/// </remarks>
internal sealed class ScriptParser(StatementReader reader)
{
    /// <summary>The names that DECLARE gives, in upper case.</summary>
    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    public BlockStep Parse()
    {
        if (reader.Accept("DECLARE"))
        {
            while (!reader.IsNext("BEGIN"))
            {
                Variables.Add(reader.ReadName());
                reader.Expect("VARCHAR", ";");
            }
        }

        var block = ReadBlock();
        reader.ExpectEnd();
        return block;
    }

    private BlockStep ReadBlock()
    {
        var (line, position) = reader.Place(reader.At);
        reader.Expect("BEGIN");
        var body = ReadSteps("END", "EXCEPTION");
        IReadOnlyList<ScriptStep>? handler = null;
        if (reader.Accept("EXCEPTION"))
        {
            reader.Expect("WHEN", "OTHER", "THEN");
            handler = ReadSteps("END", "WHEN");
        }

        reader.Expect("END");
        return new BlockStep(line, position, body, handler);
    }

    private List<ScriptStep> ReadSteps(params ReadOnlySpan<string> ends)
    {
        var steps = new List<ScriptStep>();
        while (!IsAnyNext(ends))
        {
            steps.Add(ReadStep());
            reader.Expect(";");
        }

        // Snowflake takes no empty list of statements.
        return steps.Count > 0 ? steps : throw reader.Unexpected();
    }

    private ScriptStep ReadStep()
    {
        var (line, position) = reader.Place(reader.At);
        if (reader.IsNext("BEGIN"))
        {
            return ReadBlock();
        }

        if (reader.Accept("RAISE"))
        {
            return new RaiseStep(line, position);
        }

        if (reader.Accept("RETURN"))
        {
            return new ReturnStep(line, position, ReadToSemicolon());
        }

        if (!reader.Accept("IF"))
        {
            return ReadSql(line, position);
        }

        var condition = reader.ReadBracket();
        reader.Expect("THEN");
        var then = ReadSteps("END", "ELSE");
        var otherwise = reader.Accept("ELSE") ? ReadSteps("END") : [];
        reader.Expect("END", "IF");
        return new IfStep(line, position, condition, then, otherwise);
    }

    private SqlStep ReadSql(int line, int position)
    {
        var isQuery = reader.IsNext("SELECT") || reader.IsNext("WITH");
        var start = reader.At;
        for (var depth = 0; isQuery && !reader.IsAtEnd && !reader.IsNext(";"); reader.At++)
        {
            depth += reader.TextAt(reader.At) switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth != 0 || !reader.IsNext("INTO"))
            {
                continue;
            }

            var head = reader.Slice(start, reader.At++);
            var into = new List<string>();
            do
            {
                reader.Expect(":");
                into.Add(Declared(reader.ReadName()));
            }
            while (reader.Accept(","));

            return new SqlStep(line, position, $"{head}\n{ReadToSemicolon()}", into);
        }

        reader.At = start;
        return new SqlStep(line, position, ReadToSemicolon(), []);
    }

    private string Declared(string name) => Variables.Contains(name)
        ? name
        : throw new Refusal("000904", "42000", $"SQL compilation error:\ninvalid identifier '{name}'");

    private string ReadToSemicolon()
    {
        var start = reader.At;
        while (!reader.IsAtEnd && !reader.IsNext(";"))
        {
            reader.At++;
        }

        return reader.At > start ? reader.Slice(start, reader.At) : throw reader.Unexpected();
    }

    private bool IsAnyNext(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (reader.IsNext(word))
            {
                return true;
            }
        }

        return reader.IsAtEnd ? throw reader.Unexpected() : false;
    }
}
