using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.Objects;
using EltPs.Progress;
using EltPs.Signals;

namespace EltPs.Bridge;

/// <summary>A cmdlet that runs the engine: the bridge to it, sessions that live as long as the pipeline, and errors.</summary>
public abstract class EngineCmdlet : PSCmdlet, IDisposable
{
    /// <summary>What the console host of EltPs calls itself.</summary>
    internal const string EltHost = "elt";

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<SessionSettings, WarehouseSession> _sessions = [];
    private readonly List<SessionLease> _leases = [];
    private readonly HashSet<WarehouseSession> _held = [];
    private StoppableWork? _work;
    private bool _isDisposed;

    /// <summary>The clock.</summary>
    protected static TimeProvider Time => TimeProvider.System;

    /// <summary>Whether the user asked to see the plan only.</summary>
    protected bool IsWhatIf => IsBound("WhatIf") ?? LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Whether ShouldProcess may ask for, or only print, the change: then it shows the whole SQL.</summary>
    protected bool ShowsSql => IsWhatIf || (IsBound("Confirm")
        ?? Preference("ConfirmPreference", ConfirmImpact.High) is not (ConfirmImpact.High or ConfirmImpact.None));

    /// <summary>Whether an error that is written ends the script.</summary>
    private protected bool StopsOnError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var bound)
            && LanguagePrimitives.TryConvertTo<ActionPreference>(bound, out var action)
                ? action
                : Preference("ErrorActionPreference", ActionPreference.Continue)) == ActionPreference.Stop;

    /// <summary>Whether the cmdlet was stopped, by the pipeline or by a signal: then it can write nothing any more.</summary>
    private protected bool IsStopped => _stopping.IsCancellationRequested;

    /// <summary>Whether the cmdlet ends the host with its exit code.</summary>
    private protected virtual bool EndsHost => false;

    // elt turns signals into a stopped pipeline by itself, also outside a run.
    private StoppableWork? Work => Host.Name == EltHost
        ? null
        : _work ??= new StoppableWork(Host, Runspace.DefaultRunspace, _stopping.Cancel, EndsHost);

    private bool IsVerbose => IsShown("Verbose", "VerbosePreference");

    private bool IsDebug => IsShown("Debug", "DebugPreference");

    // Whoever names the information stream, by a parameter, the preference or a redirection (6>, *>), decides about it by PowerShell's
    // rules.
    private bool SpeaksOfInformation =>
        MyInvocation.BoundParameters.ContainsKey("InformationAction")
        || Preference("InformationPreference", ActionPreference.SilentlyContinue) != ActionPreference.SilentlyContinue
        || MyInvocation.Line.Contains("6>", StringComparison.Ordinal)
        || MyInvocation.Line.Contains("*>", StringComparison.Ordinal);

    /// <summary>Writes an error, with its advice where the session's view of errors shows it.</summary>
    /// <param name="errorRecord">The error.</param>
    private protected new virtual void WriteError(ErrorRecord errorRecord) => base.WriteError(errorRecord.InView(ErrorView));

    /// <summary>Ends the cmdlet with an error, with its advice where the session's view of errors shows it.</summary>
    /// <param name="errorRecord">The error.</param>
    private protected new virtual void ThrowTerminatingError(ErrorRecord errorRecord) =>
        base.ThrowTerminatingError(errorRecord.InView(ErrorView));

    private object? ErrorView => SessionState.PSVariable.GetValue("ErrorView");

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

        _work?.Finish();
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
        var observer = new CmdletObserver(this, pump, new RunDisplay(activity, HostOutput.IsLog(Host), Time))
        {
            IsVerbose = IsVerbose,
            IsDebug = IsDebug,
            SparesOutput = HostOutput.IsRedirectedConsole(Host) && !SpeaksOfInformation,
        };
        Work?.Begin();
        try
        {
            var result = pump.Run(async cancellationToken =>
            {
                await using (Ticker.Start(observer.TickAsync, Time))
                {
                    return await Defended(() => work(observer, pump, cancellationToken));
                }
            });
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
        finally
        {
            _work?.End();
        }
    }

    /// <summary>The session for these settings that the cmdlet keeps open until the pipeline ends.</summary>
    private protected WarehouseSession Session(SessionSettings settings)
    {
        if (!_sessions.TryGetValue(settings, out var session))
        {
            session = new WarehouseSession(settings, Provider(settings), IsWhatIf ? SessionMode.ReadOnly : SessionMode.ReadWrite);
            _sessions.Add(settings, session);
        }

        return session;
    }

    /// <summary>The type of warehouse that a session's connection names.</summary>
    private protected static IWarehouseProvider Provider(SessionSettings settings) =>
        WarehouseLoader.Registry.Find(settings.Connection.Type)
        ?? throw new EltException(
            EltErrorKind.InvalidConnection,
            $"Connection '{settings.Connection.Name}': there is no warehouse of type '{settings.Connection.Type}' here; known: "
                + string.Join(", ", WarehouseLoader.Registry.Providers.Select(known => known.Type)) + ".");

    /// <summary>Keeps a session open until the pipeline ends.</summary>
    private protected async Task HoldAsync(WarehouseSession session, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (!_held.Contains(session))
        {
            _leases.Add(await session.AcquireAsync(new WorkScope(observer), cancellationToken));
            _held.Add(session);
        }
    }

    /// <summary>Does something whose failure ends the cmdlet with the error of its kind.</summary>
    private protected T Guard<T>(object? target, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (EltException failure)
        {
            ThrowTerminatingError(failure.ToRecord(EltObjects.Of(target)));
            throw;
        }
    }

    private bool IsShown(string parameter, string preference) =>
        IsBound(parameter)
        ?? Preference(preference, ActionPreference.SilentlyContinue) is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

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
            return await work();
        }
        catch (Exception defect) when (defect is not (EltException or OperationCanceledException))
        {
            throw new EltException(EltErrorKind.Internal, $"A defect of EltPs: {defect.GetType().Name}: {defect.Message}", defect);
        }
    }
}
