using System.Text;

using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>Whatever a value holds, it changes only the literal, the text or the name that it stands in.</summary>
public sealed class HostileValueTests
{
    private const string Rest = " AS v, 'rest' AS \"re st\", 2 -- '\nAS n";

    private static readonly string[] Values =
    [
        "",
        "a",
        "'",
        "''",
        "'''",
        "\"",
        "\"\"",
        "\\",
        "\\\\",
        "\\'",
        "\\\\'",
        "';",
        "'; DROP TABLE t; --",
        "' OR '1' = '1",
        "\"; DROP TABLE t; --",
        "--",
        "/*",
        "*/",
        "/* ' */",
        "//",
        ";",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u2028",
        "\u00a0",
        "\ufeff",
        "\u001a",
        "😀",
        "مرحبا \u202e\u200f",
        "e\u0301",
        "{{",
        "}}",
        "{{ ds }}",
        "{{ '{{' }}",
        "{% if x %}",
        "$",
        "$1",
        "$t$",
        "$$",
        "$$; DROP TABLE t; $$",
        "$a$b$a$",
        "%",
        "_",
        "?",
        ":x",
        "@x",
        "NULL",
        "\\x41",
        "\\u0041",
        "\\0",
        "‘’",
        "ʼ",
        "＇",
        "'\n'",
        "U&'",
        "E'",
        "x\\",
        "Ä",
    ];

    // Each context around a value, and how DuckDB gives the value back; null where it is not asked.
    private static readonly (string Before, string After, Func<Duck, string, string?> Read)[] Surroundings =
    [
        ("SELECT ", Rest, First),
        ("SELECT (", ")" + Rest, First),
        ("SELECT '", "'" + Rest, First),
        ("SELECT substr('''", "''', 2)" + Rest, (duck, sql) => First(duck, sql)?[..^1]),
        ("SELECT E'", "'" + Rest, First),
        ("SELECT E'\\\\", "'" + Rest, (duck, sql) => First(duck, sql)?[1..]),
        ("SELECT $$", "$$" + Rest, First),
        ("SELECT $$a ", " $$" + Rest, (duck, sql) => First(duck, sql)?[2..^1]),
        ("SELECT $t$", "$t$" + Rest, First),
        ("SELECT 1 AS \"a", "b\", 2 AS n", (duck, sql) => duck.Row(sql)[0].Name[1..^1]),
        ("SELECT 1 AS \"a\"\"", "\", 2 AS n", (duck, sql) => duck.Row(sql)[0].Name[2..]),
    ];

    public static TheoryData<int> Contexts { get; } = [.. Enumerable.Range(0, Surroundings.Length)];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void A_value_changes_no_token_but_its_own_and_DuckDB_gives_it_back(int index)
    {
        using var duck = new Duck();
        var (before, after, read) = Surroundings[index];
        foreach (var value in Values.Concat(Random(200)).Append(new string('\'', 300_000)))
        {
            if (AssertSameShape(before, after, value, SqlSyntax.Standard) is { } sql)
            {
                Assert.Equal(value, read(duck, sql));
            }

            // $t$ begins no text in Snowflake, and E'…' is none there.
            if (!before.Contains("$t$", StringComparison.Ordinal) && !before.Contains("E'", StringComparison.Ordinal)
                && AssertSameShape(before, after, value, SqlSyntax.Snowflake) is { } snowflake)
            {
                Assert.Equal(value, ReadSnowflake(before, after, snowflake));
            }
        }
    }

    [Fact]
    public void What_no_driver_hands_over_as_it_is_becomes_no_value()
    {
        const string Half = "text with half a character (a lone UTF-16 surrogate); correct it";
        (string Text, string Problem)[] refused =
        [
            ("a\0b", "text with a NUL character; remove it"),
            ("\ud83d", Half),
            ("\ud83da", Half),
            ("\ude00\ud83d", Half),
            ("😀\ude00", Half),
        ];
        foreach (var (text, problem) in refused)
        {
            Assert.False(SqlValue.TryCreate(text, out _, out var said));
            Assert.Equal(problem, said);
            Assert.False(SqlValue.TryCreate(new[] { "a", text }, out _, out said));
            Assert.Equal($"a list with an item that is {problem}", said);
        }
    }

    [Theory]
    [InlineData("$$", "SELECT $$ {{ x }} $$")]
    [InlineData("a$", "SELECT $$ {{ x }}$$")]
    [InlineData("$", "SELECT $$ {{ x }}{{ x }} $$")]
    [InlineData("$$; DROP TABLE t; SELECT $$", "SELECT $${{ x }}$$")]
    [InlineData("$t$", "SELECT $t$ {{ x }} $t$")]
    [InlineData("t$", "SELECT $t$ ${{ x }} $t$")]
    public void A_text_between_dollar_signs_never_ends_early(string value, string sql)
    {
        var message = Template.RenderRefusal(sql, value);
        Assert.Equal(
            "The value of {{ x }} would end the text between the dollar signs, where nothing can be escaped; write it in '…', or outside "
                + "of quotes.",
            message);
        Assert.Equal("SELECT $$ $t$ $$", Template.Render("SELECT $$ {{ x }} $$", "$t$"));
    }

    [Fact]
    public void Numbers_dates_and_lists_change_no_token_around_them_either()
    {
        object?[] values =
        [
            -1,
            1.5e300,
            true,
            null,
            new DateOnly(2025, 1, 1),
            DateTimeOffset.UnixEpoch,
            new DateTime(2025, 1, 1),
            new object[] { "a);", -1 },
        ];
        foreach (var syntax in Template.Syntaxes)
        {
            foreach (var value in values)
            {
                var literal = Template.Render("SELECT({{ x }})", value, syntax)["SELECT(".Length..^1];
                var expected = Kinds("SELECT 1-f(", syntax).Concat(Kinds(literal, syntax)).Concat(Kinds(") AS \"a\"", syntax));
                Assert.Equal(
                    expected,
                    Kinds(Template.Render("SELECT 1-f({{ x }})--{{ x }}\nAS \"a\"/* {{ x }} */", value, syntax), syntax));
                Assert.True(
                    value is Array || Template.Render("SELECT 1-{{ x }}*{{ x }}", value, syntax) == $"SELECT 1-{literal}*{literal}");
            }
        }
    }

    private static string? First(Duck duck, string sql)
    {
        var row = duck.Row(sql);
        Assert.Equal([("v", row[0].Value), ("re st", "rest"), ("n", "2")], row);
        return row[0].Value;
    }

    // The SQL with the value; null if it was refused, which only a text between dollar signs may be.
    private static string? AssertSameShape(string before, string after, string value, SqlSyntax syntax)
    {
        var template = Template.Parse($"{before}{{{{ x }}}}{after}", syntax);
        var sql = template.Render(_ => Template.Value(value), out var problems);
        if (problems.Count > 0)
        {
            Assert.Equal(PlaceholderContext.DollarText, template.Placeholders.Single().Context);
            Assert.Contains('$', value);
            return null;
        }

        Assert.StartsWith(before, sql, StringComparison.Ordinal);
        Assert.EndsWith(after, sql, StringComparison.Ordinal);
        var plain = template.Render(_ => Template.Value("a"), out _);
        Assert.Equal(Kinds(plain, syntax), Kinds(sql, syntax));
        return sql;
    }

    private static List<SqlTokenKind> Kinds(string sql, SqlSyntax syntax)
    {
        var kinds = new List<SqlTokenKind>();
        var lexer = new SqlLexer(sql, syntax);
        while (lexer.TryRead(out var token))
        {
            kinds.Add(token.Kind);
        }

        Assert.Null(lexer.Problem);
        return kinds;
    }

    // Snowflake's own rules: a backslash and the next character are that character, two quotes are one. Nothing is escaped between dollar
    // signs.
    private static string ReadSnowflake(string before, string after, string sql)
    {
        var written = sql[before.Length..^after.Length];
        if (before.Contains('$', StringComparison.Ordinal))
        {
            return written;
        }

        if (before.Contains('"', StringComparison.Ordinal))
        {
            return written.Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        var isLiteral = !before.Contains('\'', StringComparison.Ordinal);
        var text = new StringBuilder();
        for (var at = isLiteral ? 1 : 0; at < written.Length - (isLiteral ? 1 : 0); at++)
        {
            at += written[at] is '\\' or '\'' ? 1 : 0;
            text.Append(written[at]);
        }

        return text.ToString();
    }

    // Always the same ones: what fails once fails again.
    private static IEnumerable<string> Random(int count)
    {
        var random = new Random(20250110);
        string[] pieces =
        [
            "'",
            "\"",
            "\\",
            "$",
            "$$",
            "$t$",
            "{{",
            "}}",
            " ",
            "\n",
            "--",
            "/*",
            "*/",
            ";",
            "a",
            "é",
            "😀",
            "\u202e",
            "E",
            "0",
            "x y",
        ];
        for (var index = 0; index < count; index++)
        {
            yield return string.Concat(random.GetItems(pieces, random.Next(1, 12)));
        }
    }
}
