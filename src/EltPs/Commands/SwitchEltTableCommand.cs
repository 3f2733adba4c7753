using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Swaps verified tables into place in one atomic step, or swaps the previous generation back.</summary>
[Cmdlet(
    VerbsCommon.Switch,
    "EltTable",
    DefaultParameterSetName = ByObject,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltPublishedTable))]
public sealed class SwitchEltTableCommand : NamedTableCommand
{
    private const string ByObject = "Object";

    private bool _goesOn;
    private readonly string _runId = RunId.New(Time);

    /// <summary>
    /// A verified table; or, from Get-EltTable, a table whose staging table is counted first; with -Undo also a published one, or a run of
    /// Get-EltRun.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public PSObject? InputObject { get; set; }

    /// <summary>The warehouse: a name, the path of a .duckdb file, a table of keys and values, or a connection; for tables and
    /// runs from the pipeline instead of their own.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>Swaps the previous generation back.</summary>
    [Parameter]
    public SwitchParameter Undo { get; set; }

    /// <summary>Publishes, by name, a staging table that EltPs did not build.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (Guard(InputObject, () => RunPicture.Find(InputObject)) ?? EltObject.Unwrap(InputObject))
        {
            case null:
                SwitchByName(Guard(Table, FromParameters));
                break;
            case TableDefinition definition:
                SwitchByName(Guard(definition, () => OnConnection(definition)));
                break;
            case PublishedTable published when Undo:
                Withdraw(published.Definition, On(published.Session), published.Generation);
                break;
            case JournaledRun run when Undo:
                WithdrawAll(run);
                break;
            case RunResult { JournalPath: { } journal } result when Undo:
                WithdrawAll(Guard(result, () => Journaled(result, journal)));
                break;
            case VerifiedTable verified when Undo:
                Withdraw(verified.Staged.Definition, On(verified.Staged.Session), verified.Generation);
                break;
            case VerifiedTable verified when Connection is null:
                Publish(verified);
                break;
            case VerifiedTable verified:
                ThrowTerminatingError(EltErrors.InvalidInput(
                    $"{verified.Name} was checked on its own connection and can be published there only; take out -Connection.",
                    verified));
                break;
            case PSCustomObject
                when PipedInput.TypeOf(InputObject) is null && PipedInput.Text(InputObject, "Table") is { Length: > 0 } table:
                SwitchByName(Guard(table, () => FromRow(table)));
                break;
            case StagedTable staged:
                ThrowTerminatingError(EltErrors.Of(
                    ErrorIds.NotVerified,
                    new ArgumentException(
                        $"{staged.Name}: {staged.Staging} was staged but not checked. Put Test-EltRowCount in between: … | "
                            + "Invoke-EltCtas | Test-EltRowCount | Switch-EltTable."),
                    InputObject));
                break;
            case var _ when LiveObjectAttribute.IsPicture(InputObject):
                ThrowTerminatingError(EltErrors.InvalidInput(LiveObjectAttribute.Describe(InputObject!, "Get-EltTable"), InputObject));
                break;
            case var other:
                ThrowTerminatingError(EltErrors.InvalidInput(
                    $"Switch-EltTable takes the verified tables of Test-EltRowCount, the tables of Get-EltTable or, with -Undo, published "
                        + $"tables and runs of Get-EltRun; not {Article(other)}.",
                    InputObject));
                break;
        }
    }

    private static string Article(object other) => other switch
    {
        PublishedTable => "a published table, unless -Undo is given",
        RunRecord => "a run, unless -Undo is given",
        _ => $"a {other.GetType().Name}",
    };

    private TableDefinition FromParameters() => new()
    {
        Name = ParseName(Schema, Table),
        Query = SqlTemplate.None,
        Session = AdHocSession(Connection),
    };

    private TableDefinition FromRow(string table) => new()
    {
        Name = ParseName(PipedInput.Text(InputObject, "Schema") ?? string.Empty, table),
        Query = SqlTemplate.None,
        Session = AdHocSession(
            Connection ?? (PipedInput.Text(InputObject, "Connection") is { Length: > 0 } name ? new ConnectionArgument(name) : null)),
    };

    private TableDefinition OnConnection(TableDefinition definition) =>
        Connection is null ? definition : definition with { Session = Settings(definition.Session) };

    private WarehouseSession On(WarehouseSession session) =>
        Connection is null ? session : Guard(session, () => Session(Settings(session.Settings)));

    private SessionSettings Settings(SessionSettings own) => own with { Connection = FindConnection(Connection!) };

    private static JournaledRun Journaled(RunResult result, string journal) =>
        new RunHistory(StateFolder.Holding(journal, result.Path)).Read(out _).FirstOrDefault(run => run.RunId == result.RunId)
            ?? throw new EltException(
                EltErrorKind.InvalidInput,
                $"{result.Pipeline}: the journal of run {result.RunId} is not there any more.");

    private void SwitchByName(TableDefinition definition)
    {
        var session = Guard(definition, () => Session(definition.Session));
        if (Undo)
        {
            Withdraw(definition, session, publishedGeneration: null);
            return;
        }

        // Before anything else: to take up a table that somebody else built writes a marker on it.
        if (!Approve(definition, session))
        {
            return;
        }

        WriteObject(new EltPublishedTable(Await($"Publishing {definition.Name}", definition, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(session, observer, cancellationToken);
            var checks = TableChecks.Of(definition);
            var staged = await new StageStep(session, Time, observer)
                .FindStagedAsync(definition, new StageOptions(_runId) { Force = Force }, checks, cancellationToken);
            var verified = await new TableCheck(Time, observer).VerifyAsync(staged, checks, cancellationToken);
            return await new TableSwap(Time, observer).PublishAsync(verified, cancellationToken);
        })));
    }

    private void Publish(VerifiedTable verified)
    {
        if (!Approve(verified.Staged.Definition, verified.Staged.Session))
        {
            return;
        }

        WriteObject(new EltPublishedTable(Await($"Publishing {verified.Name}", verified, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(verified.Staged.Session, observer, cancellationToken);
            return await new TableSwap(Time, observer).PublishAsync(verified, cancellationToken);
        })));
    }

    private bool Approve(TableDefinition definition, WarehouseSession session) => ShowsSql
        ? ShowPublish(definition, session)
        : ShouldProcess($"Swapping {definition.Name.Staging} into place as {definition.Name}", $"Publish {definition.Name}?", "Swap");

    private bool ShowPublish(TableDefinition definition, WarehouseSession session)
    {
        var plan = Await("Plan", definition, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(session, observer, cancellationToken);
            return await new TableSwap(Time, observer).PlanAsync(definition, session, cancellationToken);
        });
        return ShouldProcess(plan.ToString(), $"Publish {definition.Name}?", "Swap");
    }

    // What cannot be undone any more keeps nothing else from it.
    private void WithdrawAll(JournaledRun run)
    {
        var tables = RunUndo.Tables(run);
        if (tables.Count == 0)
        {
            WriteWarning($"{run.Pipeline}: run {run.RunId} published no table; nothing to undo.");
            return;
        }

        var pipeline = Guard(run, () => ReadPipeline(run.Path, Connection, run));
        var session = Guard(run, () => Session(pipeline.Session));
        _goesOn = true;
        var skipped = 0;
        foreach (var table in tables)
        {
            var definition = pipeline.Tables.FirstOrDefault(listed => listed.Name.ToString() == table.Table)
                ?? Guard(run, () => new TableDefinition
                {
                    Name = ParseName(table.Table),
                    Query = SqlTemplate.None,
                    Session = pipeline.Session,
                    Pipeline = pipeline.Name,
                });
            if (table.Status != TableStatus.Published)
            {
                // The journal does not know whether its swap took effect; the marker of what is published does. Null if an error told that
                // it cannot be read.
                var published = FindPublished(definition, session);
                if (published is null || published != table.Generation)
                {
                    if (published is not null)
                    {
                        skipped++;
                        WriteVerbose(
                            $"{table.Table}: generation {table.Generation} of run {run.RunId} is not what is published; nothing to undo.");
                    }

                    continue;
                }
            }

            Withdraw(definition, session, table.Generation);
        }

        _goesOn = false;
        if (skipped == tables.Count)
        {
            WriteWarning($"{run.Pipeline}: run {run.RunId} has no table published; nothing to undo.");
        }
    }

    private string? FindPublished(TableDefinition definition, WarehouseSession session) =>
        TryAwait("Looking up", definition, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(session, observer, cancellationToken);
            return await new TableSwap(Time, observer).FindPublishedAsync(definition, session, cancellationToken);
        });

    private void Withdraw(TableDefinition definition, WarehouseSession session, string? publishedGeneration)
    {
        string? description = $"Swapping the previous generation of {definition.Name} back into place";
        if (ShowsSql)
        {
            description = TryAwait("Plan", definition, async (observer, _, cancellationToken) =>
            {
                await HoldAsync(session, observer, cancellationToken);
                return await new TableSwap(Time, observer)
                    .PlanUndoAsync(definition, session, publishedGeneration, cancellationToken);
            })?.ToString();
        }

        if (description is null)
        {
            return;
        }

        if (!ShouldProcess(description, $"Undo the last publish of {definition.Name}?", "Undo"))
        {
            return;
        }

        var undone = TryAwait($"Undoing {definition.Name}", definition, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(session, observer, cancellationToken);
            return await new TableSwap(Time, observer)
                .UndoAsync(definition, session, publishedGeneration, cancellationToken);
        });
        if (undone is not null)
        {
            WriteObject(new EltPublishedTable(undone));
        }
    }

    // For one table of several a refusal is an error and null; for a table alone, and a defect in any case, it ends the cmdlet.
    private T? TryAwait<T>(string activity, TableDefinition definition, Func<IRunObserver, PipelinePump, CancellationToken, Task<T>> work)
        where T : class
    {
        if (!_goesOn)
        {
            return Await(activity, definition, work);
        }

        return Guard(definition, () =>
        {
            try
            {
                return Await(activity, work);
            }
            catch (EltException failure) when (failure.Kind != EltErrorKind.Internal)
            {
                WriteError(failure.ToRecord(EltObjects.Of(definition)));
                return null;
            }
        });
    }
}
