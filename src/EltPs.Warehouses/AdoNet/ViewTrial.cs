using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Warehouses.AdoNet;

/// <summary>
/// Finds out which views work. Outside of a transaction, because an error may end one (a missing file does, a missing column does not).
/// </summary>
internal sealed class ViewTrial(StatementRunner runner, TransactionalDialect dialect)
{
    private readonly Dictionary<string, bool> _tried = new(StringComparer.Ordinal);

    /// <summary>Whether a view worked when it was tried; not if it never was.</summary>
    public bool Works(string view) => _tried.GetValueOrDefault(view);

    /// <summary>Those of the views that were not tried yet.</summary>
    public IEnumerable<string> Untried(IEnumerable<string> views) => views.Where(view => !_tried.ContainsKey(view));

    /// <summary>
    /// Tries the views of a table; one that does not work is a warning, because it must not keep the table from being published.
    /// </summary>
    public async Task TryAsync(TableName table, IEnumerable<string> views, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach (var view in Untried(views))
        {
            if (!await BindsAsync(view, observer, cancellationToken))
            {
                var warning = $"{table}: the view {view} did not work before this swap, so it is not checked.";
                await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken);
                _tried.Add(view, false);
            }

            _tried.TryAdd(view, true);
        }
    }

    /// <summary>Whether a view works.</summary>
    public async Task<bool> BindsAsync(string view, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await runner.ExecuteAsync(dialect.Bind(view), observer, cancellationToken);
            return true;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            return false;
        }
    }
}
