using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Signs in to a warehouse and writes what it says about the session. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EltConnection")]
[OutputType(typeof(ConnectionTestResult))]
public sealed class TestEltConnectionCommand : EltCmdlet
{
    // Somebody waits for the answer; a run has minutes for a network that comes back.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The connection: a name, the path of a .duckdb file, a table, or a connection of Get-EltConnection.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>The pipeline file whose connections count too; without -Connection, the one that it runs on is tested.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = Connection?.ToString();
        try
        {
            var settings = Find();
            target = settings.Connection.Name;
            Write(
                settings,
                Await($"Testing {target}", (observer, _, cancellationToken) => TestAsync(settings, observer, cancellationToken)));
        }
        catch (EltException failure) when (MyInvocation.ExpectingInput)
        {
            // Of several, the others are still worth a test.
            WriteError(failure.ToRecord(target));
        }
        catch (EltException failure)
        {
            ThrowTerminatingError(failure.ToRecord(target));
        }
    }

    private void Write(SessionSettings settings, ConnectionTestResult result)
    {
        if (IsNewFile(settings.Connection, result))
        {
            WriteWarning($"{result.Account} does not exist; the first run creates it.");
        }

        WriteObject(result);
    }

    private SessionSettings Find()
    {
        if (Config is not null)
        {
            return ReadPipeline(Config, Connection).Session;
        }

        return Connection is not null
            ? new SessionSettings(FindConnection(Connection), SessionSettings.DefaultTimeZone, [])
            : throw new EltException(
                EltErrorKind.InvalidConnection,
                "Which connection? Give a name (Get-EltConnection lists them), the path of a .duckdb file, a table, or -Config for the one "
                    + "that a pipeline file runs on.");
    }

    // Read-only, so that a database file which does not exist is not made.
    private static async Task<ConnectionTestResult> TestAsync(
        SessionSettings settings,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var provider = WarehouseLoader.Registry.Find(settings.Connection.Type)!;
        var scope = new WorkScope(observer) { Patience = Patience };
        await using (var warehouse = await provider.OpenAsync(settings, SessionMode.ReadOnly, scope, cancellationToken))
        {
            var begin = Time.GetTimestamp();
            var report = await warehouse.DescribeAsync(scope, cancellationToken);
            return new ConnectionTestResult
            {
                Name = settings.Connection.Name,
                Type = provider.Type,
                Account = report.Account,
                User = report.User,
                Role = report.Role,
                Warehouse = report.Warehouse,
                Database = report.Database,
                Schema = report.Schema,
                Version = report.Version,
                SignIn = report.SignIn,
                Latency = Plain.Seconds(Time.GetElapsedTime(begin)),
            };
        }
    }

    private static bool IsNewFile(ConnectionDefinition connection, ConnectionTestResult result) =>
        string.Equals(connection.Type, ConnectionDefinition.EmbeddedType, StringComparison.OrdinalIgnoreCase)
        && Path.IsPathFullyQualified(result.Account ?? string.Empty)
        && !File.Exists(result.Account);
}
