using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Secrets;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Snowflake.</summary>
internal sealed class SnowflakeProvider(SecretReader secrets, TimeProvider time, string driverFolder) : IWarehouseProvider
{
    /// <summary>Where the module keeps the ADO.NET driver, if somebody has put it there.</summary>
    public static string DefaultDriverFolder { get; } = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(SnowflakeProvider).Assembly.Location)!, "..", "drivers", "Snowflake.Data"));

    /// <inheritdoc/>
    public string Type => "Snowflake";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConnectionKeys { get; } = ["Account"];

    /// <inheritdoc/>
    public IReadOnlyList<string> ImplyingKeys { get; } = ["Account"];

    /// <inheritdoc/>
    public IDialect Dialect { get; } = new SnowflakeDialect();

    /// <inheritdoc/>
    public string? FindKey(string written) => null;

    /// <inheritdoc/>
    public IReadOnlyList<KnownConnection> FindConnections() => [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, string Message)> Validate(ConnectionDefinition connection) => [];

    /// <inheritdoc/>
    public string? Validate(SourceDefinition source) => null;

    /// <inheritdoc/>
    public Task<IWarehouse> OpenAsync(SessionSettings settings, SessionMode mode, WorkScope scope, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{secrets} {time} {driverFolder}");
}
