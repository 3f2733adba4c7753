using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Templates;

/// <summary>Short ways to a template in tests.</summary>
internal static class Template
{
    public static IReadOnlyList<SqlSyntax> Syntaxes { get; } = [SqlSyntax.Standard, SqlSyntax.Snowflake];

    public static SqlTemplate Parse(string sql, SqlSyntax? syntax = null)
    {
        Assert.True(SqlTemplate.TryParse(sql, syntax ?? SqlSyntax.Standard, out var template, out var problem), problem?.Message);
        return template;
    }

    public static SqlProblem Refusal(string sql, SqlSyntax? syntax = null)
    {
        Assert.False(SqlTemplate.TryParse(sql, syntax ?? SqlSyntax.Standard, out _, out var problem));
        return problem;
    }

    public static SqlValue Value(object? value)
    {
        Assert.True(SqlValue.TryCreate(value, out var made, out var problem), problem);
        return made;
    }

    /// <summary>The SQL with one value for every placeholder.</summary>
    public static string Render(string sql, object? value, SqlSyntax? syntax = null)
    {
        var rendered = Parse(sql, syntax).Render(_ => Value(value), out var problems);
        Assert.Empty(problems);
        return rendered;
    }

    /// <summary>Why that one value cannot stand there.</summary>
    public static string RenderRefusal(string sql, object? value, SqlSyntax? syntax = null)
    {
        var rendered = Parse(sql, syntax).Render(_ => Value(value), out var problems);
        Assert.Empty(rendered);
        return Assert.Single(problems).Message;
    }
}
