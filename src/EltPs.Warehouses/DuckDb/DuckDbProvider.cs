using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>The embedded warehouse: a DuckDB file on this machine.</summary>
internal sealed class DuckDbProvider : IWarehouseProvider
{
    /// <inheritdoc/>
    public string Type => ConnectionDefinition.EmbeddedType;

    /// <inheritdoc/>
    public IReadOnlyList<string> ConnectionKeys { get; } = [ConnectionDefinition.PathKey];

    /// <inheritdoc/>
    public IReadOnlyList<string> ImplyingKeys => ConnectionKeys;

    /// <inheritdoc/>
    public string? FindKey(string written) =>
        ConnectionKeys.FirstOrDefault(key => string.Equals(key, written, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public FoundConnections FindConnections() => FoundConnections.None;

    /// <inheritdoc/>
    public IReadOnlyList<TableOption> TableOptions => [];

    /// <inheritdoc/>
    public IDialect Dialect { get; } = new DuckDbDialect();

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, string Message)> Validate(ConnectionDefinition connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!connection.Values.TryGetValue(ConnectionDefinition.PathKey, out var path) || string.IsNullOrWhiteSpace(path))
        {
            return
            [
                (
                    ConnectionDefinition.PathKey,
                    "the database file is missing; write Path = 'name.duckdb', or ':memory:' for one that ends with the run."),
            ];
        }

        return path.AsSpan().ContainsAny('\0', '\n', '\r')
            ? [(ConnectionDefinition.PathKey, "the path has a control character in it; write the plain path of a file.")]
            : [];
    }

    /// <inheritdoc/>
    public string? Validate(SourceDefinition source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SourceView.Validate(source);
    }

    /// <inheritdoc/>
    public async Task<IWarehouse> OpenAsync(
        SessionSettings settings,
        SessionMode mode,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return mode == SessionMode.Query
            ? await DuckDbSession.OpenForRowsAsync(settings, (DuckDbDialect)Dialect, scope, cancellationToken)
            : await DuckDbSession.OpenAsync(settings, mode, (DuckDbDialect)Dialect, cancellationToken);
    }
}
