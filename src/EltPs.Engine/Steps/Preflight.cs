using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>
/// Judges, before anything runs, whether the SQL of a run has all of its values, and what stands at its names may be staged over and
/// swapped.
/// </summary>
internal static class Preflight
{
    private const string NothingChanged = "Nothing was changed.";

    /// <summary>The names that a look-up must read for these tables.</summary>
    public static IReadOnlyList<TableName> Names(IEnumerable<TableDefinition> tables) =>
        [.. tables.SelectMany(table => new[] { table.Name, table.Name.Staging })];

    /// <summary>Throws if a table cannot be staged or swapped; one error names all of them.</summary>
    /// <param name="tables">The tables of the run.</param>
    /// <param name="catalog">What stands at their names.</param>
    /// <param name="force">Whether an unmarked table at a staging name may be replaced.</param>
    /// <exception cref="EltException">The first kind that applies; the message names every table concerned.</exception>
    public static void EnsureStageable(IReadOnlyList<TableDefinition> tables, WarehouseCatalog catalog, bool force)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(catalog);

        ThrowIfAny([.. Obstacles(tables, catalog, force).Select(obstacle => obstacle.Failure)]);
    }

    /// <summary>Why tables cannot be staged or swapped, each with its table; the same that <see cref="EnsureStageable"/> throws.</summary>
    /// <param name="tables">The tables of the run.</param>
    /// <param name="catalog">What stands at their names.</param>
    /// <param name="force">Whether an unmarked table at a staging name may be replaced.</param>
    public static IEnumerable<(TableDefinition Table, EltException Failure)> Obstacles(
        IReadOnlyList<TableDefinition> tables,
        WarehouseCatalog catalog,
        bool force)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(catalog);

        return Collisions(tables, catalog.Identifiers)
            .Concat(
                tables
                    .Select(table => (table, Failure: Obstacle(table.Name, catalog, force)))
                    .Where(pair => pair.Failure is not null)
                    .Select(pair => (pair.table, pair.Failure!)));
    }

    /// <summary>Throws if a table's SQL asks for a value that the run has not; one error names all of them. Needs no warehouse.</summary>
    /// <param name="tables">The tables of the run.</param>
    /// <param name="values">What the SQL may ask of the run; its id need not be known yet.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.PlaceholderUnfilled"/>.</exception>
    public static void EnsureFilled(IReadOnlyList<TableDefinition> tables, RunValues values)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(values);

        var run = values with { RunId = GenerationMarker.RunPlaceholder };
        var obstacles = new List<EltException>();
        foreach (var table in tables)
        {
            try
            {
                _ = TableSql.Render(table, run);
            }
            catch (EltException failure)
            {
                obstacles.Add(failure);
            }
        }

        ThrowIfAny(obstacles);
    }

    private static void ThrowIfAny(List<EltException> obstacles)
    {
        if (obstacles.Count > 0)
        {
            throw EltException.Of(obstacles);
        }
    }

    /// <summary>
    /// What will be other than its author may think: what a table built by CTAS will lack that the published one has, and what an option
    /// does not do.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="catalog">What stands at its names.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    public static IEnumerable<string> Warnings(TableDefinition table, WarehouseCatalog catalog, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(dialect);
        if (catalog.Find(table.Name) is not { } target)
        {
            yield break;
        }

        string[] losses = [.. target.NotCarriedOver, .. dialect.Losses(table.Options, target)];
        if (losses.Length > 0)
        {
            yield return $"{table.Name}: the published table has {string.Join(", ", losses)}; a table built by CREATE TABLE AS SELECT does "
                + "not carry that over, "
                + "so the new one will not have it.";
        }

        foreach (var effect in dialect.WithoutEffect(table.Options, target))
        {
            yield return $"{table.Name}: {effect}";
        }
    }

    private static IEnumerable<(TableDefinition Table, EltException Failure)> Collisions(
        IReadOnlyList<TableDefinition> tables,
        IdentifierRules rules)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            foreach (
                var (name, role) in new[] { (table.Name, $"{table.Name}"), (table.Name.Staging, $"the staging table of {table.Name}") })
            {
                if (!owners.TryAdd(rules.Key(name), role))
                {
                    yield return (table, new EltException(
                        EltErrorKind.InvalidName,
                        $"{role} has the same name as {owners[rules.Key(name)]} on this warehouse.")
                    {
                        Table = table.Name,
                        Consequences = [NothingChanged],
                        Advice = [Advice.Say("Rename one of the two.")],
                    });
                }
            }
        }
    }

    private static EltException? Obstacle(TableName name, WarehouseCatalog catalog, bool force)
    {
        var target = catalog.Find(name);
        var staging = catalog.Find(name.Staging);
        if (!catalog.CreatesSchemas && catalog.IsSchemaMissing(name))
        {
            return new EltException(EltErrorKind.SchemaMissing, "the schema does not exist, or this session may not see it.")
            {
                Table = name,
                Consequences = [NothingChanged],
                Advice = [Advice.Say("Create the schema and grant its use, then run again.")],
            };
        }

        if (target is { Kind: not ObjectKind.Table })
        {
            return NotATable(name, name, target.Description);
        }

        if (staging is { Kind: not ObjectKind.Table })
        {
            return NotATable(name, name.Staging, staging.Description);
        }

        if (target is { ReferencedBy: { Count: > 0 } references })
        {
            return new EltException(
                EltErrorKind.TableReferenced,
                $"a foreign key of {string.Join(", ", references)} points at it, so it cannot be swapped.")
            {
                Table = name,
                Consequences = [NothingChanged],
                Advice = [Advice.Say("Drop the foreign key, or publish under another name.")],
            };
        }

        // The staging table of a first publish over a foreign table holds that table afterwards, without a marker: the published marker
        // says so.
        var isOurs = IsStagedFor(name, staging, catalog.Identifiers) || target?.Marker?.Replaces == GenerationMarker.Unmarked;
        return staging is null || isOurs || force ? null : Taken(name, staging, target);
    }

    private static EltException Taken(TableName name, CatalogEntry staging, CatalogEntry? target)
    {
        // Both without a marker: a job that did the same elsewhere has left them.
        var (what, advice) = (staging.Marker, target) switch
        {
            ({ } other, _) => ($"the table {other.Table} stands at {name.Staging}.", Advice.ReplaceStaging(name)),
            (null, { Marker: null }) => (
                $"{name} and {name.Staging} are there already, and EltPs built neither: a job that ran elsewhere did.",
                Advice.TakeOver(name)),
            _ => ($"a table that EltPs did not build stands at {name.Staging}.", Advice.ReplaceStaging(name)),
        };
        return new EltException(EltErrorKind.StagingTaken, what)
        {
            Table = name,
            Consequences = [NothingChanged],
            Advice = [advice],
        };
    }

    // A marker alone is not enough: somebody may publish a table under the name temp_t.
    private static bool IsStagedFor(TableName name, CatalogEntry? staging, IdentifierRules rules) =>
        TableName.TryParse(staging?.Marker?.Table, out var owner)
        && rules.Key(owner with { Database = null }) == rules.Key(name with { Database = null });

    private static EltException NotATable(TableName name, TableName view, string description) =>
        new(EltErrorKind.NotATable, $"{view} is {description}, not a table that can be built and swapped.")
        {
            Table = name,
            Consequences = [NothingChanged],
            Advice = [Advice.Say("Rename or drop it.")],
        };
}
