using System.Collections;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Warehouses;

namespace EltPs.Connections;

/// <summary>What -Connection was given: a name, a database file, a table of keys and values, or a connection.</summary>
public sealed class ConnectionArgument
{
    private readonly Hashtable? _table;
    private readonly KnownConnection? _known;
    private readonly ConnectionDefinition? _definition;

    /// <summary>A connection's name, or the path of a DuckDB file.</summary>
    public ConnectionArgument(string name) => Name = name;

    /// <summary>A table such as <c>@{ Type = 'DuckDb'; Path = 'mau.duckdb' }</c>.</summary>
    public ConnectionArgument(Hashtable table) => _table = table;

    /// <summary>A connection.</summary>
    public ConnectionArgument(ConnectionDefinition definition) => _definition = definition;

    /// <summary>A connection of Get-EltConnection.</summary>
    public ConnectionArgument(KnownConnection known) => _known = known;

    /// <summary>The name; null for a table or a connection.</summary>
    public string? Name { get; }

    /// <summary>The name, or what stands for it: it becomes the target of errors, and a connection string may hold a password.</summary>
    public override string ToString() =>
        Name is not null && UnknownConnection.IsConnectionString(Name) && !IsDatabaseFile(Name)
            ? UnknownConnection.Neutral
            : Name ?? _known?.ToString() ?? _definition?.ToString() ?? "table";

    /// <summary>The connection that it describes; null if it is a name that has to be looked up.</summary>
    /// <exception cref="EltException">It describes no connection, or one that cannot be used.</exception>
    internal ConnectionDefinition? ToDefinition(string currentFolder, IWarehouseRegistry registry)
    {
        if (Name is not null)
        {
            return IsDatabaseFile(Name) ? ConnectionDefinition.Embedded(Name, currentFolder, Name) with { IsAdHoc = true } : null;
        }

        return _table is not null
            ? ConnectionTable.Read(_table, currentFolder, registry)
            : ConnectionTable.Check(_known?.Usable() ?? _definition!, registry);
    }

    private static bool IsDatabaseFile(string name) =>
        name == ConnectionDefinition.InMemory || (name.EndsWith(".duckdb", StringComparison.OrdinalIgnoreCase) && !IsForSeveralKeys(name));

    // A folder may be called year=2026; 'password=x;path=a.duckdb' is no path.
    private static bool IsForSeveralKeys(string name) =>
        name.Contains('=', StringComparison.Ordinal) && name.Contains(';', StringComparison.Ordinal);
}
