using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

using EltPs.Commands;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.PipelineFiles;
using EltPs.Warehouses;

namespace EltPs.Bridge;

/// <summary>What all cmdlets share: the bridge to the engine, sessions that live as long as the pipeline, and errors.</summary>
public abstract class EltCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<SessionSettings, WarehouseSession> _sessions = [];
    private readonly List<SessionLease> _leases = [];
    private readonly HashSet<WarehouseSession> _held = [];
    private bool _isDisposed;

    /// <summary>The clock.</summary>
    protected static TimeProvider Time => TimeProvider.System;

    /// <summary>Whether the user asked to see the plan only.</summary>
    protected bool IsWhatIf => IsBound("WhatIf") ?? LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Whether ShouldProcess may ask for, or only print, the change: then it shows the whole SQL.</summary>
    protected bool ShowsSql => IsWhatIf || (IsBound("Confirm")
        ?? Preference("ConfirmPreference", ConfirmImpact.High) is not (ConfirmImpact.High or ConfirmImpact.None));

    private bool IsVerbose => IsBound("Verbose")
        ?? Preference("VerbosePreference", ActionPreference.SilentlyContinue) is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Lets go of the sessions; PowerShell calls it when the whole pipeline has ended, however it ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the sessions.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (var lease in _leases)
        {
            Task.Run(() => lease.DisposeAsync().AsTask()).GetAwaiter().GetResult();
        }

        _stopping.Dispose();
    }

    /// <summary>Runs engine work and shows its events; a failure ends the cmdlet with the error of its kind.</summary>
    /// <param name="activity">What the progress bar calls it.</param>
    /// <param name="target">What the error is about.</param>
    /// <param name="work">The work.</param>
    private protected T Await<T>(string activity, object? target, Func<IRunObserver, PipelinePump, CancellationToken, Task<T>> work) =>
        Guard(target, () => Await(activity, work));

    /// <summary>The same, for a cmdlet that goes on after a failure.</summary>
    /// <param name="activity">What the progress bar calls it.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="EltException">The work failed.</exception>
    private protected T Await<T>(string activity, Func<IRunObserver, PipelinePump, CancellationToken, Task<T>> work)
    {
        var pump = new PipelinePump(_stopping.Token);
        var observer = new CmdletObserver(this, pump, activity, IsVerbose);
        try
        {
            var result = pump.Run(cancellationToken => Defended(() => work(observer, pump, cancellationToken)));
            observer.Complete();
            return result;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (EltException)
        {
            // A script that catches the error goes on; its screen must not keep the bar.
            observer.Complete();
            throw;
        }
    }

    /// <summary>The session for these settings that the cmdlet keeps open until the pipeline ends.</summary>
    private protected WarehouseSession Session(SessionSettings settings)
    {
        if (!_sessions.TryGetValue(settings, out var session))
        {
            var provider = WarehouseLoader.Registry.Find(settings.Connection.Type)
                ?? throw new EltException(
                    EltErrorKind.InvalidConnection,
                    $"Connection '{settings.Connection.Name}': there is no warehouse of type '{settings.Connection.Type}' here; known: "
                    + string.Join(", ", WarehouseLoader.Registry.Providers.Select(known => known.Type)) + ".");
            session = new WarehouseSession(settings, provider, IsWhatIf ? SessionMode.ReadOnly : SessionMode.ReadWrite);
            _sessions.Add(settings, session);
        }

        return session;
    }

    /// <summary>Keeps a session open until the pipeline ends.</summary>
    private protected async Task HoldAsync(WarehouseSession session, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (!_held.Contains(session))
        {
            _leases.Add(await session.AcquireAsync(new WorkScope(observer), cancellationToken).ConfigureAwait(false));
            _held.Add(session);
        }
    }

    /// <summary>Reads a pipeline file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="connection">What -Connection said; null for nothing.</param>
    /// <exception cref="EltException">The file, or the connection, is not valid.</exception>
    private protected PipelineDefinition ReadPipeline(string path, ConnectionArgument? connection)
    {
        var definition = connection?.ToDefinition(CurrentFolder, WarehouseLoader.Registry);
        return PipelineFileLoader.Load(new PipelineFileContext(path, FullPath(path), WarehouseLoader.Registry)
        {
            Connection = definition,
            ConnectionName = definition is null ? connection?.Name : null,
        });
    }

    /// <summary>Reads a pipeline file with the connection of an earlier run.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="connection">What -Connection said; null for nothing.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="EltException">The file, or the connection, is not valid, or it is not the run's.</exception>
    private protected PipelineDefinition ReadPipeline(string path, ConnectionArgument? connection, JournaledRun run)
    {
        var pipeline = ReadPipeline(path, connection);
        if (connection is null && !RunResume.IsSameConnection(pipeline.Session.Connection, run))
        {
            try
            {
                // A path was relative to the folder in which the run began, and need not be to this one.
                pipeline = ReadPipeline(path, run.DatabaseFile is { } file
                    ? new ConnectionArgument(ConnectionDefinition.Embedded(file, CurrentFolder, run.ConnectionName) with { IsAdHoc = true })
                    : new ConnectionArgument(run.ConnectionName));
            }
            catch (EltException failure) when (failure.Kind is EltErrorKind.UnknownConnection or EltErrorKind.InvalidConnection)
            {
                // A table of keys and values has a name that nobody defines: the message below says what to do.
            }
        }

        RunResume.EnsureSameConnection(pipeline, run);
        return pipeline;
    }

    /// <summary>The session of a table that is named by parameters, not listed in a file.</summary>
    /// <exception cref="EltException">No connection is given, or it is not valid.</exception>
    private protected SessionSettings AdHocSession(ConnectionArgument? connection)
    {
        if (connection is null)
        {
            throw new EltException(
                EltErrorKind.InvalidConnection,
                "A table that is named by parameters needs -Connection: a name (Get-EltConnection lists them), the path of a .duckdb file, "
                + "or a table such as @{ Type = 'DuckDb'; Path = 'mau.duckdb' }.");
        }

        return new SessionSettings(FindConnection(connection), SessionSettings.DefaultTimeZone, []);
    }

    /// <summary>The connection that is meant where there is no pipeline file.</summary>
    /// <exception cref="EltException">No place has the name, or the connection cannot be used.</exception>
    private protected ConnectionDefinition FindConnection(ConnectionArgument connection)
    {
        if (connection.ToDefinition(CurrentFolder, WarehouseLoader.Registry) is { } definition)
        {
            return definition;
        }

        if (string.Equals(connection.Name, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            throw new EltException(
                EltErrorKind.UnknownConnection,
                $"'{connection.Name}' is the database beside a pipeline file, and there is no pipeline file here; give the path of a .duckdb file.");
        }

        var lookup = new ConnectionLookup(CurrentFolder, WarehouseLoader.Registry);
        return lookup.Find(connection.Name!)?.Usable() ?? throw UnknownConnection.Error(
            connection.Name!,
            lookup.Names,
            lookup.Places,
            " The path of a .duckdb file and a table such as @{ Type = 'DuckDb'; Path = 'mau.duckdb' } do as well.");
    }

    /// <summary>The name of a table that is given by parameters.</summary>
    /// <exception cref="EltException">It is no name.</exception>
    private protected static TableName ParseName(string schema, string table) =>
        TableName.TryCreate(schema, table, out var name)
            ? name
            : throw new EltException(
                EltErrorKind.InvalidName,
                $"'{schema}' and '{table}' make no table name. A plain name has ASCII letters, digits, _ and $ and does not begin with a digit; "
                + "quote any other inside the text: -Table '\"my table\"'.");

    /// <summary>The name of a table as a journal has it.</summary>
    /// <exception cref="EltException">It is no name.</exception>
    private protected static TableName ParseName(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new EltException(EltErrorKind.InvalidName, $"'{text}' is no table name.");

    /// <summary>Does something whose failure ends the cmdlet with the error of its kind.</summary>
    private protected T Guard<T>(object? target, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (EltException failure)
        {
            ThrowTerminatingError(failure.ToRecord(target));
            throw;
        }
    }

    /// <summary>The current folder of the session's file system.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The absolute path of a file, which need not exist.</summary>
    /// <exception cref="EltException">There is no such drive.</exception>
    private protected string FullPath(string path)
    {
        try
        {
            return GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (SessionStateException missing)
        {
            throw new EltException(EltErrorKind.InvalidPipelineFile, $"{path}: {missing.Message}", missing);
        }
    }

    /// <summary>Where a pipeline's runs leave their state: -StatePath, else the variable ELTPS_STATE, else beside the file.</summary>
    /// <param name="pipelinePath">The pipeline file's absolute path.</param>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    private protected StateFolder State(string pipelinePath, string? statePath)
    {
        var chosen = statePath ?? Environment.GetEnvironmentVariable("ELTPS_STATE");
        return StateFolder.For(pipelinePath, string.IsNullOrWhiteSpace(chosen) ? null : FullPath(chosen));
    }

    /// <summary>The files that a -Config value means: itself, or what its wildcards match.</summary>
    /// <exception cref="EltException">Nothing matches, or there is no such folder or drive.</exception>
    private protected IEnumerable<string> Resolve(string config)
    {
        try
        {
            var path = GetUnresolvedProviderPathFromPSPath(config);
            if (!WildcardPattern.ContainsWildcardCharacters(config) || File.Exists(path))
            {
                // A file from Get-ChildItem comes with its provider's name in front, which no reader wants to see in a message.
                return [config.Contains("::", StringComparison.Ordinal) ? path : config];
            }

            var matches = SessionState.Path.GetResolvedProviderPathFromPSPath(config, out _);
            return matches.Count > 0
                ? matches.Order(StringComparer.Ordinal)
                : throw new EltException(EltErrorKind.InvalidPipelineFile, $"{config}: no file matches.");
        }
        catch (SessionStateException missing)
        {
            throw new EltException(EltErrorKind.InvalidPipelineFile, $"{config}: {missing.Message}", missing);
        }
    }

    private bool? IsBound(string parameter) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out var bound) ? LanguagePrimitives.IsTrue(bound) : null;

    // In a function's own scope a preference has the type that it was given there: 'Medium' stays a string and 1 a number, and PowerShell
    // itself honours both. What it cannot convert, it takes for the default.
    private T Preference<T>(string variable, T otherwise)
        where T : struct =>
        LanguagePrimitives.TryConvertTo<T>(SessionState.PSVariable.GetValue(variable), out var value) ? value : otherwise;

    // What is thrown on the pipeline thread does not come through here: PowerShell's own exceptions pass untouched.
    [SuppressMessage("Design", "CA1031", Justification = "A defect is reported with an id of its own, like every other failure.")]
    private static async Task<T> Defended<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception defect) when (defect is not (EltException or OperationCanceledException))
        {
            throw new EltException(EltErrorKind.Internal, $"A defect of EltPs: {defect.GetType().Name}: {defect.Message}", defect);
        }
    }
}
