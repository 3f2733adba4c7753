using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Warehouses;

/// <summary>
/// A session that several steps share: opened when the first of them asks, closed when the last one lets go, opened again if one asks
/// later.
/// </summary>
/// <remarks>What refers to a session (a staged table kept in a variable) refers to the connection, never to a secret.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing to dispose.")]
public sealed class WarehouseSession
{
    private readonly IWarehouseProvider _provider;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IWarehouse? _warehouse;
    private int _leases;
    private bool _sourcesAreReady;
    private bool _endedForGood;

    /// <summary>A session that is not open yet.</summary>
    /// <param name="settings">Connection, time zone, sources.</param>
    /// <param name="provider">The type of warehouse that the connection names.</param>
    /// <param name="mode">Whether it may change anything.</param>
    internal WarehouseSession(SessionSettings settings, IWarehouseProvider provider, SessionMode mode = SessionMode.ReadWrite)
    {
        _provider = provider;
        Settings = settings;
        Mode = mode;
    }

    /// <summary>Connection, time zone, sources.</summary>
    public SessionSettings Settings { get; }

    /// <summary>Whether it may change anything.</summary>
    public SessionMode Mode { get; }

    /// <summary>Whether somebody uses it now, or nobody can any more because its database was in memory.</summary>
    internal bool IsOpenOrEnded => _leases > 0 || _endedForGood;

    /// <summary>The warehouse's SQL.</summary>
    internal IDialect Dialect => _provider.Dialect;

    /// <summary>Opens the session if it is not open, and keeps it open until the lease is disposed.</summary>
    /// <exception cref="EltException">The warehouse could not be opened, or was an in-memory one that has ended.</exception>
    internal async Task<SessionLease> AcquireAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_endedForGood)
            {
                throw new EltException(
                    EltErrorKind.SessionEnded,
                    $"The in-memory database of connection '{Settings.Connection.Name}' ended with the pipeline that made it.")
                {
                    Consequences = ["Its tables ended with it."],
                    Advice = [Advice.Say("Do all steps in one pipeline, or name a database file.")],
                };
            }

            _warehouse ??= await _provider.OpenAsync(Settings, Mode, scope, cancellationToken);
            _leases++;
            return new SessionLease(this, _warehouse);
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async Task PrepareSourcesAsync(IWarehouse warehouse, WorkScope scope, CancellationToken cancellationToken)
    {
        if (_sourcesAreReady || Settings.Sources.Count == 0)
        {
            return;
        }

        await warehouse.PrepareSourcesAsync(Settings.Sources, scope, cancellationToken);
        _sourcesAreReady = true;
    }

    internal async ValueTask ReleaseAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            _leases--;
            if (_leases > 0 || _warehouse is not { } warehouse)
            {
                return;
            }

            _warehouse = null;
            _sourcesAreReady = false;
            _endedForGood = warehouse.IsEphemeral;
            await warehouse.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}
