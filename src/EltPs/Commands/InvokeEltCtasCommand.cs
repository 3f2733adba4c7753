using System.Management.Automation;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Sql;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Builds staging tables with CREATE TABLE AS SELECT. What is published is not touched.</summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "EltCtas",
    DefaultParameterSetName = ByDefinition,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltStagedTable))]
public sealed class InvokeEltCtasCommand : NamedTableCommand
{
    private const string ByDefinition = "Definition";

    private readonly string _runId = RunId.New(Time);

    /// <summary>The table to build, from Get-EltTable.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByDefinition)]
    [LiveObject("Get-EltTable")]
    public EltTable? InputObject { get; set; }

    /// <summary>One SQL query; a trailing semicolon is cut.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    public string Sql { get; set; } = string.Empty;

    /// <summary>The warehouse: a name, the path of a .duckdb file, a table of keys and values, or a connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>Replaces a table at the staging name that EltPs did not build.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var definition = (TableDefinition?)InputObject?.Source ?? Guard(Table, FromParameters);
        var options = new StageOptions(_runId)
        {
            Force = Force,
            Values = definition.Values,
        };
        var session = Guard(definition, () =>
        {
            // Before the session is opened, which would make a database file.
            var closed = Session(definition.Session);
            Preflight.EnsureFilled([definition], options.Values);
            return closed;
        });

        var plan = ShowsSql
            ? Await("Plan", definition, async (observer, _, cancellationToken) =>
            {
                await HoldAsync(session, observer, cancellationToken);
                var ctas = new StageStep(session, Time, observer);
                return await ctas.PlanAsync(definition, options, cancellationToken);
            })
            : null;
        if (!ShouldProcess(
            plan?.ToString() ?? $"Building {definition.Name.Staging} with CREATE TABLE AS SELECT",
            $"Build {definition.Name.Staging}?",
            "CREATE TABLE AS SELECT"))
        {
            return;
        }

        WriteObject(new EltStagedTable(Await($"Building {definition.Name.Staging}", definition, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(session, observer, cancellationToken);
            return await new StageStep(session, Time, observer).StageAsync(definition, options, cancellationToken);
        })));
    }

    private static SqlTemplate ParseQuery(string sql, SqlSyntax syntax)
    {
        if (TemplateQuery.TryParse(sql, syntax, TemplateQuery.NoVariables, out var query, out var problems))
        {
            return query.Template;
        }

        throw new EltException(EltErrorKind.InvalidSql, $"-Sql, at character {problems[0].Offset + 1}: {problems[0].Message}");
    }

    private TableDefinition FromParameters()
    {
        var settings = AdHocSession(Connection);
        return new TableDefinition
        {
            Name = ParseName(Schema, Table),
            Query = ParseQuery(Sql, Session(settings).Dialect.Syntax),
            Session = settings,
        };
    }
}
