using System.Management.Automation;

using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;

namespace EltPs.Commands;

/// <summary>Reads pipeline files and writes their tables, in order. Touches no warehouse.</summary>
[Cmdlet(VerbsCommon.Get, "EltTable")]
[OutputType(typeof(TableDefinition))]
public sealed class GetEltTableCommand : EltCmdlet
{
    /// <summary>Pipeline files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>Only tables with these names; wildcards allowed. With or without the schema.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    public string[]? Table { get; set; }

    /// <summary>Only tables with one of these tags (their own or their pipeline's); wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>The connection to use instead of the file's.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var config in Config)
        {
            foreach (var path in Guard(config, () => Resolve(config)))
            {
                var pipeline = Guard(path, () => ReadPipeline(path, Connection));
                WriteObject(Select(pipeline), enumerateCollection: true);
            }
        }
    }

    private List<TableDefinition> Select(PipelineDefinition pipeline)
    {
        var tables = pipeline.Tables
            .Where(table => Matches(Table, [table.Name.ToString(), table.Name.Table.Text]))
            .Where(table => Matches(Tag, [.. table.Tags, .. pipeline.Tags]))
            .ToList();

        foreach (var wanted in Table ?? [])
        {
            // A name without wildcards that matches nothing is a slip of the pen; a build must not go on without the table.
            if (!WildcardPattern.ContainsWildcardCharacters(wanted) && !pipeline.Tables.Any(table => Matches([wanted], [table.Name.ToString(), table.Name.Table.Text])))
            {
                ThrowTerminatingError(new ErrorRecord(
                    new ItemNotFoundException($"{pipeline.Path}: no table is named '{wanted}'; it lists {string.Join(", ", pipeline.Tables.Take(20))}."),
                    ErrorIds.TableNotFound,
                    ErrorCategory.ObjectNotFound,
                    wanted));
            }
        }

        return tables;
    }

    private static bool Matches(string[]? patterns, IReadOnlyList<string> names) =>
        patterns is null || patterns.Any(pattern =>
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            return names.Any(wildcard.IsMatch);
        });
}
