using EltPs.DataFiles;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Warehouses;

namespace EltPs.Connections;

/// <summary>
/// The connections outside of a pipeline file: connections.psd1 in a folder, then that of the user, then what the warehouses' own tools
/// know. Each place is read when a name was not found before it.
/// </summary>
internal sealed class ConnectionLookup : IConnectionLookup
{
    private const string FileName = "connections.psd1";
    private readonly Lazy<FoundConnections>[] _places;

    /// <param name="folder">The folder of the pipeline file, or the current one.</param>
    /// <param name="registry">The types of warehouse that are there.</param>
    public ConnectionLookup(string folder, IWarehouseRegistry registry)
    {
        var files = new[] { Path.Combine(folder, FileName), UserFile }.Distinct(StringComparer.Ordinal);
        _places =
        [
            .. files.Select(file => new Lazy<FoundConnections>(() => ReadFile(file, registry))),
            .. registry.Providers.Select(provider => new Lazy<FoundConnections>(provider.FindConnections)),
        ];
    }

    /// <summary>The user's own file.</summary>
    public static string UserFile =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "eltps",
            FileName);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => [.. All.Select(connection => connection.Name)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Places => [.. _places.SelectMany(place => place.Value.Places)];

    /// <summary>All connections, also those that an earlier place hides.</summary>
    public IEnumerable<KnownConnection> All => _places.SelectMany(place => place.Value.Connections);

    /// <summary>What cannot be read.</summary>
    public IEnumerable<EltException> Problems => _places.SelectMany(place => place.Value.Problems);

    /// <inheritdoc/>
    public KnownConnection? Find(string name)
    {
        foreach (var place in _places.Select(place => place.Value))
        {
            // A file that cannot be read may define the name; a later place may mean another warehouse by it.
            if (place.Problems is [var problem, ..])
            {
                throw problem;
            }

            if (place.Connections.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static FoundConnections ReadFile(string path, IWarehouseRegistry registry)
    {
        if (!File.Exists(path))
        {
            return new FoundConnections([], [path], []);
        }

        try
        {
            return new FoundConnections(
                ConnectionFileReader.Read(DataFileReader.Read(path, path), path, Path.GetDirectoryName(path)!, registry), [path], []);
        }
        catch (EltException failure)
        {
            // It is no pipeline file, so its mistakes have the id of a connection's.
            return new FoundConnections(
                [],
                [path],
                [new EltException(EltErrorKind.InvalidConnection, failure.Message) { Complaints = failure.Complaints }]);
        }
    }
}
