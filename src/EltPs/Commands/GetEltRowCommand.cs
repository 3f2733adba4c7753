using System.Management.Automation;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;
using EltPs.Objects;
using EltPs.Rows;

namespace EltPs.Commands;

/// <summary>Writes rows of a table: of the published generation, of the one before it, or of a build that was not published.</summary>
[Cmdlet(VerbsCommon.Get, "EltRow", DefaultParameterSetName = ByName)]
[OutputType(typeof(PSObject))]
public sealed class GetEltRowCommand : RowCommand
{
    private const string ByName = "Name";
    private const string ByObject = "Object";
    private const long FewRows = 10;

    /// <summary>The table: <c>schema.table</c>; with -Schema, or where -Config lists it, the table alone.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string Table { get; set; } = string.Empty;

    /// <summary>The schema: <c>schema</c> or <c>database.schema</c>.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(CatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Schema { get; set; }

    /// <summary>
    /// A table of Get-EltTable, a staged, verified or published one, a table of a run, or an object that has the properties Table and
    /// Schema.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public PSObject? InputObject { get; set; }

    /// <summary>Which generation. Without it, the staged one of a staged or verified table, and the published one of any other.</summary>
    [Parameter]
    public TableGeneration Generation { get; set; }

    /// <summary>All rows instead of the first ones.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The warehouse: a name, the path of a .duckdb file, a table of keys and values, or a connection.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>The pipeline file whose connection, time zone and sources are meant.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    private long? MaximumRows => All ? null : HasFirst ? First : FewRows;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = InputObject?.BaseObject ?? Table;
        var (name, session, usual) = Guard(target, Find);
        var generation = MyInvocation.BoundParameters.ContainsKey(nameof(Generation)) ? Generation : usual;
        WriteRows(
            $"Rows of {name}",
            target,
            session,
            static failure => failure,
            (step, take, cancellationToken) => step.ReadAsync(name, generation, MaximumRows, take, cancellationToken));
    }

    private (TableName Name, WarehouseSession Session, TableGeneration Usual) Find()
    {
        if (All && HasFirst)
        {
            throw new EltException(EltErrorKind.InvalidInput, "-All is every row, -First a number of them; give the one or the other.");
        }

        switch (EltObject.Unwrap(InputObject))
        {
            case null:
                return Named(Schema, Table);
            case StagedTable staged:
                return (staged.Name, Current(staged.Session), TableGeneration.Staged);
            case VerifiedTable verified:
                return (verified.Name, Current(verified.Staged.Session), TableGeneration.Staged);
            case PublishedTable published:
                return (published.Name, Current(published.Session), TableGeneration.Published);
            case TableDefinition definition:
                return (definition.Name, Reading(definition.Session, definition.Name), TableGeneration.Published);
            case TableResult result:
                return (result.Table, Reading(result.Definition.Session, result.Table), TableGeneration.Published);
            case JournaledTable journaled:
                return Named(schema: null, journaled.Table);
            case string text:
                return Named(schema: null, text);
            case RunRecord run:
                throw new EltException(
                    EltErrorKind.InvalidInput, $"{run.Pipeline}: a run has several tables; pipe them: $run.Tables | Get-EltRow.");
            default:
                return InputObject!.Properties["Table"]?.Value?.ToString() is { Length: > 0 } table
                    ? Named(InputObject.Properties["Schema"]?.Value?.ToString(), table)
                    : throw new EltException(
                        EltErrorKind.InvalidInput,
                        $"Get-EltRow takes tables, and objects that have a property Table; not a {InputObject.BaseObject.GetType().Name}.");
        }
    }

    private (TableName Name, WarehouseSession Session, TableGeneration Usual) Named(string? schema, string table)
    {
        var pipeline = PipelineFile(Config, Connection) is { } file ? ReadPipeline(file, Connection) : null;
        var settings = pipeline?.Session ?? AdHocSession(Connection);
        var name = schema is not null ? ParseName(schema, table)
            : TableName.TryParse(table, out var whole) ? whole
            : Listed(pipeline, table);
        return (name, Reading(settings, name), TableGeneration.Published);
    }

    private static TableName Listed(PipelineDefinition? pipeline, string table)
    {
        var found = (pipeline?.Tables ?? [])
            .Where(listed => string.Equals(listed.Name.Table.Text, table.Trim('"'), StringComparison.OrdinalIgnoreCase))
            .ToList();
        return found switch
        {
            [var only] => only.Name,
            [] => throw new EltException(
                pipeline is null ? EltErrorKind.InvalidName : EltErrorKind.TableNotFound,
                pipeline is null
                    ? $"'{table}' is no table name; write schema.table, or give -Schema."
                    : $"{pipeline.Path} lists no table '{table}'; its tables are {string.Join(", ", pipeline.Tables.Take(20))}."),
            _ => throw new EltException(
                EltErrorKind.InvalidName, $"'{table}' is several tables: {string.Join(", ", found)}. Write one with its schema."),
        };
    }

    // One that a cmdlet of this pipeline has open is the only one that can read now: a database file is open once. A closed one would be
    // opened to write.
    private static WarehouseSession Current(WarehouseSession session) =>
        session.IsOpenOrEnded ? session : ReadingSession(session.Settings with { Sources = [] });

    // A source is a table as any other to who looks at rows.
    private static WarehouseSession Reading(SessionSettings settings, TableName name) => ReadingSession(settings with
    {
        Sources = QueryText.Mentioned(name.ToString(), settings.Sources, Provider(settings).Dialect),
    });
}
