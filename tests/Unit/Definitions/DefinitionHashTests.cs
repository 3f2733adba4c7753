using System.Collections;
using System.Reflection;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Tests.PipelineFiles;
using EltPs.Warehouses;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Definitions;

/// <summary>A resumed run takes what is built already if its hash is the same: so nothing that matters may be missing in it.</summary>
public sealed class DefinitionHashTests
{
    private static readonly IReadOnlyList<TableOption> Options = new WarehouseRegistry().TableOptions();

    private static readonly TableDefinition Table = new()
    {
        Name = Name("s.t"),
        Query = SqlTemplate.Of("SELECT {{ days }}", SqlSyntax.Standard),
        Variables = Values(28L),
        Session = new SessionSettings(ConnectionDefinition.Embedded("a.duckdb", "/a"), "UTC", [Source("s.a", "a.csv", "/a")]),
        Options = OptionValues.None,
    };

    // Another value for each property that a definition, and what hangs on it, is made of.
    private static readonly Dictionary<string, Func<TableDefinition>> Changes = new(StringComparer.Ordinal)
    {
        ["Name"] = () => Table with { Name = Name("s.u") },
        ["Query"] = () => Table with { Query = SqlTemplate.Of("SELECT {{ days }} + 1", SqlSyntax.Standard) },
        ["Variables"] = () => Table with { Variables = Values(29L) },
        ["Session.Connection"] = () =>
            Table with { Session = Table.Session with { Connection = ConnectionDefinition.Embedded("b.duckdb", "/a") } },
        ["Session.TimeZone"] = () => Table with { Session = Table.Session with { TimeZone = "Europe/Berlin" } },
        ["Session.Sources.Name"] = () => WithSource(Source("s.b", "a.csv", "/a")),
        ["Session.Sources.Path"] = () => WithSource(Source("s.a", "b.csv", "/a")),
        ["Session.Sources.BaseFolder"] = () => WithSource(Source("s.a", "a.csv", "/b")),
        ["Session.Sources.Location"] = () => WithSource(Table.Session.Sources[0] with { Location = new SourceLocation("f", 2, 2) }),
        ["Location"] = () => Table with { Location = new SourceLocation("f", 2, 2) },
        ["Tags"] = () => Table with { Tags = ["a"] },
        ["Pipeline"] = () => Table with { Pipeline = "p" },
        ["Alerts"] = () => Table with { Alerts = new AlertSettings("p", []) },
        ["Values"] = () => Table with { Values = RunValues.None with { RunId = "r" } },
    };

    public static TheoryData<string> Properties => [.. Paths(typeof(TableDefinition), string.Empty)];

    public static TheoryData<string> OptionKeys => [.. Options.Select(option => option.Key)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_property_is_a_part_of_the_hash_or_says_why_it_is_none(string path)
    {
        Assert.True(Changes.TryGetValue(path, out var change), $"{path} is new: what does another value of it do to the hash?");
        Assert.Equal(DefinitionHash.Exempt.ContainsKey(path), DefinitionHash.Of(change()) == DefinitionHash.Of(Table));
    }

    [Fact]
    public void What_is_exempt_is_there_and_has_a_reason()
    {
        Assert.Empty(DefinitionHash.Exempt.Keys.Except(Paths(typeof(TableDefinition), string.Empty)));
        Assert.All(DefinitionHash.Exempt.Values.Concat(Options.Select(option => option.Hash.Exemption).OfType<string>()), reason =>
            Assert.EndsWith(".", reason, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OptionKeys))]
    public void An_option_is_a_part_of_the_hash_or_says_why_it_is_none(string key)
    {
        var option = Options.Single(option => option.Key == key);
        using var plain = new PipelineFile(PipelineFile.WithTable("Schema = 's'; Table = 't'; Sql = 'SELECT 1'"));
        using var file = new PipelineFile(
            PipelineFile.WithTable($"Schema = 's'; Table = 't'; Sql = 'SELECT 1'; {key} = {Other(option)}"));

        Assert.Equal(
            option.Hash.Exemption is not null,
            DefinitionHash.Of(plain.Load().Tables[0]) == DefinitionHash.Of(file.Load().Tables[0]));
    }

    [Fact]
    public void The_hash_is_what_it_was_in_earlier_versions()
    {
        var all = Table with
        {
            Options = OptionValues
                .None.With(SnowflakeTableOptions.Transient, true)
                .With(SnowflakeTableOptions.ClusterBy, ["month", "mau"]),
            MinimumRows = 0,
            Publish = PublishMethod.Clone,
            KeepPrevious = false,
            Timeout = TimeSpan.FromMinutes(1),
            Retry = new RetryRule(3, TimeSpan.FromSeconds(1)),
        };

        Assert.Equal("ad42a50ad738ccc63b21fe74b67af62d", DefinitionHash.Of(Table));
        Assert.Equal("1716590d617f7488cf4369272b0baed2", DefinitionHash.Of(all));
    }

    private static string Other(TableOption option) => option.Help.Example == $"{option.DefaultValue}" ? "7" : option.Help.Example;

    private static TableName Name(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    private static Dictionary<string, SqlValue> Values(long days) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["days"] = SqlValue.TryCreate(days, out var value, out _) ? value : throw new ArgumentException("No value.", nameof(days)),
    };

    private static SourceDefinition Source(string name, string path, string folder) =>
        new(Name(name), path, folder, new SourceLocation("f", 1, 1));

    private static TableDefinition WithSource(SourceDefinition source) =>
        Table with { Session = Table.Session with { Sources = [source] } };

    // Down into what only carries values of its own; options are looked at one by one.
    private static IEnumerable<string> Paths(Type type, string before)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var path = before + property.Name;
            var carried = property.PropertyType.IsGenericType && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
                ? property.PropertyType.GetGenericArguments()[^1]
                : property.PropertyType;
            if (carried == typeof(SessionSettings) || carried == typeof(SourceDefinition))
            {
                foreach (var inner in Paths(carried, $"{path}."))
                {
                    yield return inner;
                }
            }
            else if (before.Length > 0 || !IsOption(property.Name))
            {
                yield return path;
            }
        }
    }

    private static bool IsOption(string name) =>
        name is nameof(TableDefinition.Options) or nameof(TableDefinition.Retry) || TableOptions.All.Any(option => option.Key == name);
}
