using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Templates;

public sealed class SqlTemplateTests
{
    [Fact]
    public void A_placeholder_has_its_name_its_place_and_what_it_stands_in()
    {
        const string Sql = "SELECT {{ ds }},\r\n  '{{run_id}}', E'{{ e }}', \"{{ n }}\",\n$$ {{ d }} $$, $t${{\tt\t}}$t$ FROM t";
        Assert.Equal(
            [
                "ds 1,8 Expression", "run_id 2,4 Text", "e 2,19 EscapedText", "n 2,30 QuotedName", "d 3,4 DollarText", "t 3,19 DollarText",
            ],
            Template.Parse(Sql).Placeholders.Select(found => $"{found.Name} {found.Line},{found.Column} {found.Context}"));
    }

    [Fact]
    public void In_Snowflake_a_text_has_backslash_escapes_and_no_tagged_dollars() => Assert.Equal(
        ["EscapedText", "DollarText", "Expression"],
            Template
                .Parse("SELECT '{{ a }}', $$ {{ b }} $$, {{ c }} // {{ d }}", SqlSyntax.Snowflake)
                .Placeholders.Select(found => found.Context.ToString()));

    [Theory]
    [InlineData("SELECT 1 -- {{ ds | upper }} '{{ x }}\n, 2 /* {{ /* {% if %} */ {{ a b */")]
    [InlineData("SELECT {'a': {'b': 1}}, '}}', [{'x': {'y': {'z': 2}}}]")]
    [InlineData("SELECT '{%' LIKE '{%', '{#'")]
    public void Comments_and_brackets_that_are_SQL_are_left_alone(string sql)
    {
        var template = Template.Parse(sql);
        Assert.Empty(template.Placeholders);
        Assert.Equal(sql, template.Render(_ => throw new InvalidOperationException("Nobody asks."), out var problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("SELECT '{{ '{{' }} ds }}', \"{{ \"{{\" }}\", $${{'{{'}}$$", "SELECT '{{ ds }}', \"{{\", $${{$$")]
    [InlineData("SELECT MAP {{ '{{' }}'a': 1}: {{ x }}}", "SELECT MAP {{'a': 1}: 7}")]
    [InlineData("SELECT '{{ '{{' }}{{ x }}{{ '{{' }}'", "SELECT '{{7{{'")]
    [InlineData("SELECT a{{ '{{' }}", "SELECT a{{")]
    public void Two_brackets_can_be_meant(string sql, string rendered) => Assert.Equal(rendered, Template.Render(sql, 7));

    [Theory]
    [InlineData("SELECT {{ds", 7, "This {{ is not closed; end it with }}.")]
    [InlineData("SELECT '{{ ds' || '\n{{ x }}'", 8, "This {{ is not closed; end it with }}.")]
    [InlineData("SELECT {{ }}", 7, "'' cannot stand between {{ and }}. There is no name in it; write one, such as {{ ds }}.")]
    [InlineData("SELECT {{ a b }}", 7, "'a b' cannot stand between {{ and }}. It is no name; write one in letters, digits and _.")]
    [InlineData(
        "SELECT {{ ds | upper }}",
        7,
        "'ds | upper' cannot stand between {{ and }}. There are no filters; write the function in SQL around it, as UPPER({{ name }}).")]
    [InlineData("SELECT '{{ ds | replace('-', '') }}'", 8, "'ds | replace('-', '')' cannot stand between {{ and }}. There are no filters")]
    [InlineData(
        "SELECT\n  {{- ds -}}",
        9,
        "'- ds -' cannot stand between {{ and }}. White space is left as it is here; write {{ name }} without the -.")]
    [InlineData("SELECT {{\nds }}", 7, "'ds' cannot stand between {{ and }}. It goes over several lines")]
    [InlineData(
        "SELECT {{ a\nb }}",
        7,
        "'a b' cannot stand between {{ and }}. It goes over several lines; write it on one, as {{ name }}.")]
    [InlineData(
        "FROM {{ ref('x') }}",
        5,
        "'ref('x')' cannot stand between {{ and }}. Tables are not looked up here; write the table's name, as schema.table.")]
    [InlineData("FROM {{ source ('a', 'b') }}", 5, "'source ('a', 'b')' cannot stand between {{ and }}. Tables are not looked up here")]
    [InlineData(
        "SELECT {{ var('x') }}",
        7,
        "'var('x')' cannot stand between {{ and }}. Write {{ name }}, and the name with its value under Variables of the pipeline file.")]
    [InlineData(
        "SELECT {{ params.x }}",
        7,
        "'params.x' cannot stand between {{ and }}. Write {{ name }}, and the name with its value under Variables")]
    [InlineData("SELECT {{ env_var('HOME') }}", 7, "'env_var('HOME')' cannot stand between {{ and }}. SQL is seen in plans")]
    [InlineData(
        "{{ config(materialized='table') }} SELECT 1",
        0,
        "'config(materialized='table')' cannot stand between {{ and }}. Settings are keys of the table")]
    [InlineData(
        "SELECT '{{ macros.ds_add(ds, -7) }}'",
        8,
        "'macros.ds_add(ds, -7)' cannot stand between {{ and }}. There are no macros; reckon in SQL")]
    [InlineData(
        "SELECT '{{ data_interval_start.strftime(\"%Y\") }}'",
        8,
        "'data_interval_start.strftime(\"%Y\")' cannot stand between {{ and }}. There are no methods")]
    [InlineData("SELECT 1 {% if x %} + 1 {% endif %}", 9, "SQL has no control blocks {% … %} here")]
    [InlineData("SELECT 1 {# note #}", 9, "This is no comment in SQL; write -- or /* … */.")]
    [InlineData("SELECT {{{ ds }}}", 7, "'{ ds' cannot stand between {{ and }}. It is no name")]
    [InlineData(
        "SELECT {{'a': 1}: 2}",
        7,
        "This {{ is not closed; end it with }}. Where two brackets are meant, write { { outside of quotes, or {{ '{{' }}.")]
    public void A_malformed_placeholder_is_refused_with_its_place_and_the_way_out(string sql, int offset, string message)
    {
        var problem = Template.Refusal(sql);
        Assert.Equal(offset, problem.Offset);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM events_{{ x }}")]
    [InlineData("SELECT * FROM raw.{{ x }}")]
    [InlineData("SELECT {{ x }}_suffix")]
    [InlineData("SELECT E{{ x }}")]
    [InlineData("SELECT 'a'{{ x }}")]
    [InlineData("SELECT {{ x }}'a'")]
    [InlineData("SELECT {{ x }}$$a$$")]
    [InlineData("SELECT 1.{{ x }}")]
    [InlineData("SELECT U&{{ x }}")]
    [InlineData("SELECT é{{ x }}")]
    [InlineData("SELECT \u0301{{ x }}")]
    public void A_literal_never_becomes_a_part_of_what_stands_against_it(string sql)
    {
        foreach (var syntax in Template.Syntaxes)
        {
            Assert.Contains(
                "write the whole name in double quotes (\"events_{{ x }}\")",
                Template.Refusal(sql, syntax).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_literals_never_run_together() =>
        Assert.StartsWith(
            "{{ a }} touches another placeholder",
            Template.Refusal("SELECT {{ a }}{{ b }}").Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(@"SELECT '\{{ x }}'", false)]
    [InlineData(@"SELECT '\\\{{ x }}'", false)]
    [InlineData(@"SELECT '\\{{ x }}'", true)]
    public void A_backslash_never_escapes_a_values_first_character(string sql, bool isFine)
    {
        Assert.Equal(isFine, SqlTemplate.TryParse(sql, SqlSyntax.Snowflake, out _, out var problem));
        Assert.True(isFine || problem!.Message.StartsWith("A backslash before {{ x }}", StringComparison.Ordinal));
        Assert.False(SqlTemplate.TryParse(@"SELECT E'\{{ x }}'", SqlSyntax.Standard, out _, out _));
        Assert.True(SqlTemplate.TryParse(@"SELECT '\{{ x }}'", SqlSyntax.Standard, out _, out _));
    }

    [Fact]
    public void What_the_lexer_cannot_read_is_refused_as_ever() =>
        Assert.Equal(new SqlProblem(7, "This text is not closed; end it with '."), Template.Refusal("SELECT 'open {{ x }}"));

    [Fact]
    public void A_name_without_a_value_is_left_as_it_is() => Assert.Equal(
        "SELECT {{ a }}, 'é', '{{ b }}', 7",
            Template
                .Parse("SELECT {{ a }}, {{ e }}, '{{ b }}', {{ c }}")
                .Render(
                    name =>
                        name switch
                        {
                            "c" => Template.Value(7),
                            "e" => Template.Value("é"),
                            _ => null,
                        },
                    out _));

    [Fact]
    public void The_shape_is_SQL_of_the_same_length_without_a_placeholders_name()
    {
        const string Sql = "SELECT {{ ds }}, '{{ '{{' }};' FROM s.t WHERE d = {{ run_id }}";
        var shape = Template.Parse(Sql).Shape;
        Assert.Equal("SELECT 00000000, '~~~~~~~~~~;' FROM s.t WHERE d = 000000000000", shape);
        Assert.Equal(Sql.Length, shape.Length);
        Assert.Equal(
            ["SELECT", "FROM", "s.t", "WHERE", "d"],
            SqlText.References(shape, SqlSyntax.Standard).Select(parts => string.Join('.', parts)));
    }

    [Fact]
    public void Time_grows_with_the_text_and_its_placeholders()
    {
        var sql = "SELECT " + string.Join(", ", Enumerable.Repeat("{{ x }}, '{{ x }}'\n", 100_000)) + ", '{{ ' }}";
        Assert.Equal(sql.Length - 7, Template.Refusal(sql).Offset);
        Assert.Equal(200_000, Template.Parse(sql[..^10]).Placeholders.Count);
        Assert.StartsWith("SELECT 7, '7'\n", Template.Render(sql[..^10], 7), StringComparison.Ordinal);
    }
}
