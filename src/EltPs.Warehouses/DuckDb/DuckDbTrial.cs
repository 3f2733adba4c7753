using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A trial with DuckDB's sources, and its way to tell the place of an error.</summary>
/// <remarks>
/// Seen with DuckDB 1.5: what a transaction creates and rolls back leaves the bytes of the file as they were. An error of binding leaves
/// the transaction open, any other one ends it (a file that is missing, a schema that is).
/// </remarks>
internal sealed class DuckDbTrial(
    StatementRunner runner, CatalogReader catalog, DuckDbDialect dialect, SourceViews views, IRunObserver observer)
    : TransactionalTrial(runner, catalog, dialect, observer)
{
    // Tells the place of an error; the setting is the whole database's, so it is taken back at the end.
    protected override (string Set, string Reset)? Settings => ("SET errors_as_json = true", "RESET errors_as_json");

    protected override async Task<EltException?> TrySourceAsync(
        SourceDefinition source, CatalogEntry? entry, IRunObserver sees, CancellationToken cancellationToken)
    {
        try
        {
            _ = SourceView.IsCurrent(source, entry);
        }
        catch (EltException taken)
        {
            return taken;
        }

        if (!await views.HasFilesAsync(source, sees, cancellationToken))
        {
            return SourceViews.Missing([source]);
        }

        foreach (var statement in SourceView.Create(source, dialect))
        {
            if (await TryAsync(statement, sees, cancellationToken) is { } failure)
            {
                return SourceView.Unreadable(source, Explain(failure));
            }
        }

        return null;
    }

    protected override EltException Explain(EltException failure) => ErrorReport.Of(failure).Failure;

    protected override TrialFault Locate(EltException failure, string sql, int before) => ErrorReport.Of(failure).Within(sql, before);
}
