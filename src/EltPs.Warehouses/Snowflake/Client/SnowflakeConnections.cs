using System.Collections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The connections that Snowflake's own tools know by name. A variable overrides the file, key by key.</summary>
internal sealed class SnowflakeConnections(string path, IReadOnlyDictionary<string, Dictionary<string, string>> variables)
{
    /// <summary>The type that such a connection names.</summary>
    public const string TypeName = "Snowflake";

    /// <summary>Reads the file and the environment of this process.</summary>
    public static FoundConnections Find()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? string.Empty));
        return new SnowflakeConnections(ConnectionsToml.Locate(), ConnectionVariables.Read(environment)).Read();
    }

    /// <summary>The connections of the file and of the variables. A file that cannot be used leaves those of the variables.</summary>
    public FoundConnections Read()
    {
        var places = new[] { path, $"the {ConnectionVariables.Prefix}* variables" };
        try
        {
            var written = ConnectionsToml.Read(path);
            var names = written.Select(connection => connection.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return new FoundConnections(
                [
                    .. written.DistinctBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase).Select(Describe),
                    .. FromVariablesOnly().Where(connection => !names.Contains(connection.Name)),
                ],
                places,
                []);
        }
        catch (EltException failure)
        {
            return new FoundConnections([.. FromVariablesOnly()], places, [failure]);
        }
    }

    private IEnumerable<KnownConnection> FromVariablesOnly() =>
        variables
            .Order(KeyComparer)
            .Select(pair => Describe(pair.Key, pair.Value, $"{ConnectionVariables.Prefix}{pair.Key.ToUpperInvariant()}_* variables"));

    private static Comparer<KeyValuePair<string, Dictionary<string, string>>> KeyComparer { get; } =
        Comparer<KeyValuePair<string, Dictionary<string, string>>>.Create((left, right) => string.CompareOrdinal(left.Key, right.Key));

    private KnownConnection Describe(TomlConnection connection)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (written, value) in connection.Written)
        {
            if (SnowflakeKeys.Find(written) is { } key)
            {
                values.TryAdd(key.Name, key.IsSecret ? ConnectionsToml.Reference(path, connection.Name, written) : value);
            }
        }

        if (!variables.TryGetValue(connection.Name, out var overrides))
        {
            return Describe(connection.Name, values, path);
        }

        RemoveRival(values, overrides, SnowflakeKeys.Token, SnowflakeKeys.TokenFilePath);
        RemoveRival(values, overrides, SnowflakeKeys.TokenFilePath, SnowflakeKeys.Token);
        foreach (var (key, value) in overrides)
        {
            values[key] = value;
        }

        return Describe(connection.Name, values, $"{path}, {ConnectionVariables.Prefix}{connection.Name.ToUpperInvariant()}_* variables");
    }

    // A token of the environment stands in for the file's token file, and the other way round.
    private static void RemoveRival(Dictionary<string, string> values, Dictionary<string, string> overrides, string key, string rival)
    {
        if (overrides.ContainsKey(key))
        {
            values.Remove(rival);
        }
    }

    private KnownConnection Describe(string name, Dictionary<string, string> values, string origin)
    {
        // What belongs to other tools is left out: keys of their drivers, and their own choice of a driver.
        if (values.TryGetValue(SnowflakeKeys.Driver, out var driver)
            && !new[] { SnowflakeSignIn.SqlApi, SnowflakeSignIn.AdoNet }.Contains(driver, StringComparer.OrdinalIgnoreCase))
        {
            values.Remove(SnowflakeKeys.Driver);
        }

        if (!SnowflakeSignIn.UsesDriver(values))
        {
            foreach (var key in SnowflakeKeys.All.Where(key => key.DriverName is not null))
            {
                values.Remove(key.Name);
            }
        }

        var definition = new ConnectionDefinition(name, TypeName, values, Path.GetDirectoryName(path)!);
        var isUsable = SnowflakeOptionsReader.Read(definition, out var problems) is not null;
        return new KnownConnection(name, TypeName, origin)
        {
            Definition = isUsable ? definition : null,
            Problem = isUsable ? null : string.Join(' ', problems.Select(problem => $"{problem.Key}: {problem.Message}")),
        };
    }
}
