using System.Management.Automation;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Selection;

/// <summary>The tables that -Table and -Tag choose, and the one that -StartAt names.</summary>
/// <param name="tables">Names, with or without the schema; wildcards allowed. Null for all.</param>
/// <param name="tags">Tags, a table's own or its pipeline's; wildcards allowed. Null for all.</param>
internal sealed class TableFilter(string[]? tables, string[]? tags)
{
    private const int MostShown = 20;

    /// <summary>Whether anything is chosen at all.</summary>
    public bool IsActive => tables is not null || tags is not null;

    /// <summary>The pipeline with the chosen tables, in the file's order; there may be none.</summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.TableNotFound"/>: a name without wildcards is no table of it. <see cref="EltErrorKind.InvalidInput"/>: a
    /// pattern has no meaning.
    /// </exception>
    public PipelineDefinition Apply(PipelineDefinition pipeline)
    {
        foreach (var pattern in (tables ?? []).Concat(tags ?? []))
        {
            EnsureMeaning(pattern);
        }

        foreach (var wanted in tables ?? [])
        {
            // A name without wildcards that matches nothing is a slip of the pen; a build must not go on without the table.
            if (!WildcardPattern.ContainsWildcardCharacters(wanted) && !pipeline.Tables.Any(table => Matches([wanted], Names(table))))
            {
                throw NotFound(pipeline, wanted);
            }
        }

        var chosen = pipeline
            .Tables.Where(table => Matches(tables, Names(table)) && Matches(tags, [.. table.Tags, .. pipeline.Tags]))
            .ToList();
        return chosen.Count == pipeline.Tables.Count ? pipeline : pipeline with { Tables = chosen, IsSelection = true };
    }

    /// <summary>Why nothing of a pipeline is chosen.</summary>
    public string Describe(PipelineDefinition pipeline)
    {
        var known =
            tags is null ? $"its tables are {string.Join(", ", pipeline.Tables.Take(MostShown))}"
            : pipeline
                .Tables.SelectMany(table => table.Tags)
                .Concat(pipeline.Tags)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MostShown)
                .ToList()
                is { Count: > 0 } all
                ? $"its tags are {string.Join(", ", all)}"
                : "it has no tags";
        return $"{pipeline.Name}: nothing to do, because -Table and -Tag choose none of its tables; {known}.";
    }

    /// <summary>The table that a word names, with or without the schema.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.TableNotFound"/>: there is none. <see cref="EltErrorKind.InvalidInput"/>:
    /// several schemas have one.</exception>
    public static TableName FindOne(PipelineDefinition pipeline, string parameter, string word)
    {
        var names = pipeline.Tables.Select(table => table.Name).ToList();
        if (names.Find(name => Is(name.ToString(), word)) is { } exact)
        {
            return exact;
        }

        return names.FindAll(name => Is(name.Table.Text, word)) switch
        {
            [] => throw NotFound(pipeline, word),
            [var only] => only,
            var several => throw new EltException(
                EltErrorKind.InvalidInput,
                $"{pipeline.Path}: several tables are named '{word}': {string.Join(", ", several.Take(MostShown))}. Give {parameter} the "
                    + "schema too."),
        };
    }

    private static EltException NotFound(PipelineDefinition pipeline, string word) =>
        new(
            EltErrorKind.TableNotFound,
            $"{pipeline.Path}: no table is named '{word}'; it lists {string.Join(", ", pipeline.Tables.Take(MostShown))}.");

    private static string[] Names(TableDefinition table) => [table.Name.ToString(), table.Name.Table.Text];

    private static bool Is(string name, string word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string[]? patterns, IReadOnlyList<string> names) =>
        patterns is null || patterns.Any(pattern =>
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            return names.Any(wildcard.IsMatch);
        });

    private static void EnsureMeaning(string pattern)
    {
        try
        {
            // A pattern is read when it is first used, and not before.
            _ = new WildcardPattern(pattern).IsMatch(string.Empty);
        }
        catch (WildcardPatternException unclear)
        {
            throw new EltException(
                EltErrorKind.InvalidInput,
                $"'{pattern}' is no pattern: a [ without its ] has no meaning; close it, or write `[ for the sign itself.",
                unclear);
        }
    }
}
