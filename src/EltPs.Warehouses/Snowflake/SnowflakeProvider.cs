using EltPs.Engine.Definitions;
using EltPs.Engine.Secrets;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Snowflake.Driver;
using EltPs.Warehouses.Snowflake.SqlApi;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Snowflake.</summary>
internal sealed class SnowflakeProvider(ISecretReader secrets, TimeProvider time, string driverFolder) : IWarehouseProvider
{
    private readonly ConnectionSecrets _secrets = new(secrets);

    /// <summary>Where the module keeps the ADO.NET driver, if somebody has put it there.</summary>
    public static string DefaultDriverFolder { get; } = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(SnowflakeProvider).Assembly.Location)!, "..", "drivers", "Snowflake.Data"));

    /// <inheritdoc/>
    public string Type => SnowflakeConnections.TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> ConnectionKeys { get; } = [.. SnowflakeKeys.All.Select(key => key.Name)];

    /// <inheritdoc/>
    public IReadOnlyList<string> ImplyingKeys { get; } = [SnowflakeKeys.Account];

    /// <inheritdoc/>
    public IDialect Dialect { get; } = new SnowflakeDialect();

    /// <inheritdoc/>
    public string? FindKey(string written) => SnowflakeKeys.Find(written)?.Name;

    /// <inheritdoc/>
    public FoundConnections FindConnections() => SnowflakeConnections.Find();

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, string Message)> Validate(ConnectionDefinition connection)
    {
        _ = SnowflakeOptionsReader.Read(connection, out var problems);
        return problems;
    }

    /// <inheritdoc/>
    public string? Validate(SourceDefinition source) => null;

    /// <inheritdoc/>
    public async Task<IWarehouse> OpenAsync(
        SessionSettings settings,
        SessionMode mode,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = SnowflakeOptionsReader.Read(settings.Connection);
        ISnowflakeClient client = options.UsesDriver
            ? await DriverClient.OpenAsync(options, settings.TimeZone, _secrets, driverFolder, time, cancellationToken)
            : await SqlApiClient.CreateAsync(options, settings.TimeZone, _secrets, time, cancellationToken);
        return new SnowflakeSession(client, (SnowflakeDialect)Dialect);
    }
}
