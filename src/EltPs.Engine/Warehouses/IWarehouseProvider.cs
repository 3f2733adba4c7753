using EltPs.Engine.Definitions;

namespace EltPs.Engine.Warehouses;

/// <summary>A type of warehouse.</summary>
internal interface IWarehouseProvider
{
    /// <summary>The type as a connection names it, such as <c>DuckDb</c>.</summary>
    string Type { get; }

    /// <summary>The keys that a connection of this type may have, besides <c>Type</c>.</summary>
    IReadOnlyList<string> ConnectionKeys { get; }

    /// <summary>The keys that imply this type where a connection names none.</summary>
    IReadOnlyList<string> ImplyingKeys { get; }

    /// <summary>Finds the key of <see cref="ConnectionKeys"/> that was meant; null if there is none.</summary>
    /// <param name="written">The key as a user wrote it. Its case does not matter; a warehouse may know other spellings.</param>
    string? FindKey(string written);

    /// <summary>The connections that this warehouse's own tools know by name, from their files and variables. Opens nothing.</summary>
    FoundConnections FindConnections();

    /// <summary>
    /// The options of tables that only this type has. Every file may have them, so that it stays the same on all types; the others do not
    /// look at them.
    /// </summary>
    IReadOnlyList<TableOption> TableOptions { get; }

    /// <summary>The warehouse's SQL.</summary>
    IDialect Dialect { get; }

    /// <summary>What is wrong with a connection, by key; empty if nothing is. Opens nothing.</summary>
    IReadOnlyList<(string Key, string Message)> Validate(ConnectionDefinition connection);

    /// <summary>What is wrong with a source, in words; null if nothing is. Opens nothing.</summary>
    string? Validate(SourceDefinition source);

    /// <summary>Opens a session.</summary>
    /// <param name="settings">Connection and time zone. The sources are made readable later.</param>
    /// <param name="mode">Whether the session may change anything.</param>
    /// <param name="scope">Who sees the statements that this takes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Errors.EltException">The warehouse could not be opened.</exception>
    Task<IWarehouse> OpenAsync(SessionSettings settings, SessionMode mode, WorkScope scope, CancellationToken cancellationToken);
}
