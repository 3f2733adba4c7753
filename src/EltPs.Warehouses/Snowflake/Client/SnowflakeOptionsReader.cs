using System.Text.RegularExpressions;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Reads and checks a Snowflake connection. Opens nothing, and reads no secret.</summary>
internal sealed partial class SnowflakeOptionsReader
{
    private readonly ConnectionDefinition _connection;
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Key, string Message)> _problems = [];

    private SnowflakeOptionsReader(ConnectionDefinition connection)
    {
        _connection = connection;
        foreach (var (written, value) in connection.Values)
        {
            if (SnowflakeKeys.Find(written) is not { } key)
            {
                _problems.Add(
                    (
                        written,
                        $"a Snowflake connection has no such key; known are "
                            + $"{string.Join(", ", SnowflakeKeys.All.Select(known => known.Name))}."));
            }
            else if (!_values.TryAdd(key.Name, value))
            {
                _problems.Add((key.Name, "it is here twice, in two spellings; remove one."));
            }
        }
    }

    /// <summary>Reads a connection that has been validated.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: all that is wrong with it; no value is
    /// shown.</exception>
    public static SnowflakeOptions Read(ConnectionDefinition connection) =>
        Read(connection, out var problems)
        ?? throw new EltException(
            EltErrorKind.InvalidConnection,
            $"Connection '{connection.Name}': {string.Join(' ', problems.Select(problem => $"{problem.Key}: {problem.Message}"))}");

    /// <summary>Reads a connection; null if it has problems.</summary>
    /// <param name="connection">The connection. Its keys may have any of Snowflake's spellings.</param>
    /// <param name="problems">What is wrong with it, by key; no value is shown.</param>
    public static SnowflakeOptions? Read(ConnectionDefinition connection, out IReadOnlyList<(string Key, string Message)> problems)
    {
        var reader = new SnowflakeOptionsReader(connection);
        var options = reader.Read();
        problems = reader._problems;
        return problems.Count == 0 ? options : null;
    }

    private SnowflakeOptions? Read()
    {
        var endpoint = SnowflakeEndpoint.Read(_values, _problems);
        var authenticator = SnowflakeSignIn.Read(_values, _problems);
        CheckDriver(authenticator);
        var secrets = ReadSecrets();
        var keyFile = ReadPath(SnowflakeKeys.PrivateKeyFile);
        var tokenFile = ReadPath(SnowflakeKeys.TokenFilePath);
        if (tokenFile is not null && _values.ContainsKey(SnowflakeKeys.Token))
        {
            _problems.Add((SnowflakeKeys.TokenFilePath, "Token is here too; remove one of them."));
        }

        if (_problems.Count > 0)
        {
            return null;
        }

        return new SnowflakeOptions
        {
            Name = _connection.Name,
            Account = _values[SnowflakeKeys.Account],
            Endpoint = endpoint!,
            Authenticator = authenticator!.Value,
            UsesDriver = SnowflakeSignIn.UsesDriver(_values),
            User = _values.GetValueOrDefault(SnowflakeKeys.User),
            Role = Stored(SnowflakeKeys.Role),
            Warehouse = Stored(SnowflakeKeys.Warehouse),
            Database = Stored(SnowflakeKeys.Database),
            Schema = Stored(SnowflakeKeys.Schema),
            PrivateKeyFile = keyFile,
            PrivateKeyPassphrase = secrets.GetValueOrDefault(SnowflakeKeys.PrivateKeyPassphrase),
            Token = secrets.GetValueOrDefault(SnowflakeKeys.Token)
                ?? (tokenFile is null ? null : new SecretReference(SecretKind.File, tokenFile)),
            Password = secrets.GetValueOrDefault(SnowflakeKeys.Password),
            BaseFolder = _connection.BaseFolder,
            DriverValues = DriverValues(authenticator.Value),
            DriverSecrets = DriverKeys()
                .Where(key => secrets.ContainsKey(key.Name))
                .ToDictionary(key => key.DriverName!, key => secrets[key.Name], StringComparer.OrdinalIgnoreCase),
        };
    }

    private void CheckDriver(SnowflakeAuthenticator? authenticator)
    {
        if (_values.TryGetValue(SnowflakeKeys.Driver, out var driver))
        {
            var isApi = string.Equals(driver, SnowflakeSignIn.SqlApi, StringComparison.OrdinalIgnoreCase);
            if (!isApi && !string.Equals(driver, SnowflakeSignIn.AdoNet, StringComparison.OrdinalIgnoreCase))
            {
                _problems.Add((SnowflakeKeys.Driver, $"write '{SnowflakeSignIn.SqlApi}' or '{SnowflakeSignIn.AdoNet}'."));
            }
            else if (isApi && authenticator is { } found && SnowflakeSignIn.NeedsDriver(found))
            {
                _problems.Add(
                    (
                        SnowflakeKeys.Driver,
                        $"this sign-in does not work over Snowflake's SQL API; write '{SnowflakeSignIn.AdoNet}', or sign in with a key "
                            + "pair or a token."));
            }
        }

        if (!SnowflakeSignIn.UsesDriver(_values))
        {
            _problems.AddRange(DriverKeys()
                .Where(key => _values.ContainsKey(key.Name))
                .Select(key => (key.Name, $"only the ADO.NET driver knows it; remove it, or add Driver = '{SnowflakeSignIn.AdoNet}'.")));
        }
    }

    private Dictionary<string, SecretReference> ReadSecrets()
    {
        var secrets = new Dictionary<string, SecretReference>();
        foreach (var key in SnowflakeKeys.All.Where(key => key.IsSecret && _values.ContainsKey(key.Name)))
        {
            if (SecretReference.TryParse(_values[key.Name], out var reference))
            {
                secrets.Add(key.Name, reference);
            }
            else
            {
                _problems.Add(
                    (key.Name, "a secret must not be here itself; write where it is: 'env:NAME', 'file:PATH' or 'secret:VAULT/NAME'."));
            }
        }

        return secrets;
    }

    private string? ReadPath(string key)
    {
        if (!_values.TryGetValue(key, out var path))
        {
            return null;
        }

        // A reference, or the text of a key where its file should be: neither is a path, and the second must not be shown.
        if (path.AsSpan().ContainsAny('\0', '\n', '\r') || path.Contains("-----", StringComparison.Ordinal))
        {
            _problems.Add((key, "write the path of a file; its content must not be here."));
            return null;
        }

        if (SecretReference.TryParse(path, out _))
        {
            _problems.Add((key, "write the plain path of a file, without a word and a colon in front."));
            return null;
        }

        return LocalPath.Expand(path, _connection.BaseFolder);
    }

    /// <summary>
    /// A name as Snowflake stores it: a plain one in upper case, one in double quotes without them, any other as written.
    /// </summary>
    /// <remarks>Source: Snowflake documentation, "Identifier requirements"; the SQL API takes names as they are stored.</remarks>
    private string? Stored(string key)
    {
        var name = _values.GetValueOrDefault(key)?.Trim();
        if (name is ['"', .. var quoted, '"'])
        {
            return quoted.Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        return name is not null && Plain().IsMatch(name) ? name.ToUpperInvariant() : name;
    }

    private Dictionary<string, string> DriverValues(SnowflakeAuthenticator authenticator)
    {
        var values = DriverKeys()
            .Where(key => !key.IsSecret && _values.ContainsKey(key.Name))
            .ToDictionary(key => key.DriverName!, key => _values[key.Name], StringComparer.OrdinalIgnoreCase);
        if (authenticator == SnowflakeAuthenticator.Okta)
        {
            values["authenticator"] = _values[SnowflakeKeys.Authenticator].Trim();
        }

        return values;
    }

    private static IEnumerable<SnowflakeKey> DriverKeys() => SnowflakeKeys.All.Where(key => key.DriverName is not null);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_$]*\z")]
    private static partial Regex Plain();
}
