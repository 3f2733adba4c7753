using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads connections by name: those of a connections.psd1, or of a pipeline file whatever else is in it.</summary>
internal static class ConnectionFileReader
{
    internal const string ConnectionsKey = "Connections";

    /// <summary>
    /// The connections of a file that holds nothing else. One with mistakes has them as its problem, and the others can be used.
    /// </summary>
    /// <param name="root">The file's value: a table of name to connection.</param>
    /// <param name="file">The file's path as messages show it; it is also the connections' origin.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <param name="registry">The types of warehouse that are there.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: the value is no table.</exception>
    public static IReadOnlyList<KnownConnection> Read(DataNode root, string file, string folder, IWarehouseRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(registry);
        return root is TableNode table
            ? Describe(new ConnectionTableReader(file, folder, registry).Read(table), file)
            : throw Invalid(root, file, "The file");
    }

    /// <summary>The connections that a pipeline file defines; its other keys are not looked at.</summary>
    /// <param name="root">The file's value.</param>
    /// <param name="file">The file's path as messages show it; it is also the connections' origin.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <param name="registry">The types of warehouse that are there.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: its Connections are no table.</exception>
    public static IReadOnlyList<KnownConnection> ReadPipelineFile(DataNode root, string file, string folder, IWarehouseRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var entry = (root as TableNode)?.Entries.FirstOrDefault(item =>
            string.Equals(item.Key, ConnectionsKey, StringComparison.OrdinalIgnoreCase));
        return entry?.Value switch
        {
            null => [],
            TableNode table => Describe(new ConnectionTableReader(file, folder, registry).Read(table), file),
            var other => throw Invalid(other, file, ConnectionsKey),
        };
    }

    /// <summary>The embedded warehouse of a pipeline file: a database beside it, with its name.</summary>
    /// <param name="pipelinePath">The pipeline file's absolute path.</param>
    public static KnownConnection Embedded(string pipelinePath) =>
        new(ConnectionDefinition.EmbeddedName, ConnectionDefinition.EmbeddedType, "built in")
        {
            Definition = ConnectionReader.EmbeddedIn(pipelinePath),
        };

    internal static string NoTable(DataNode node, string what) =>
        $"{what} is {NodeValue.Describe(node)}; write @{{ name = @{{ Type = 'DuckDb'; Path = 'file.duckdb' }} }}.";

    private static IReadOnlyList<KnownConnection> Describe(IReadOnlyList<ConnectionEntry> entries, string file) =>
    [
        .. entries.Select(entry => new KnownConnection(entry.Name, entry.Type ?? string.Empty, file)
        {
            Definition = entry.Complaints.Count == 0 ? entry.Definition : null,
            Problem = entry.Complaints.Count == 0 ? null : string.Join('\n', entry.Complaints),
        }),
    ];

    private static EltException Invalid(DataNode node, string file, string what) =>
        new(
            EltErrorKind.InvalidConnection,
            new Complaint(new SourceLocation(file, node.Line, node.Column), NoTable(node, what)).ToString());
}
