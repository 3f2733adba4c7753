using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Connections and Connection, and decides which warehouse the pipeline runs on.</summary>
internal sealed class ConnectionReader(PipelineFileContext context, ComplaintList complaints)
{
    private readonly Dictionary<string, ConnectionEntry> _connections = new(StringComparer.OrdinalIgnoreCase);

    private ConnectionDefinition Embedded => EmbeddedIn(context.FullPath);

    private string[] Known => [.. _connections.Keys, ConnectionDefinition.EmbeddedName, .. context.Lookup?.Names ?? []];

    private string[] Places => [context.File, .. context.Lookup?.Places ?? []];

    /// <summary>The embedded warehouse of a pipeline file: a database beside it, with its name.</summary>
    public static ConnectionDefinition EmbeddedIn(string pipelinePath) =>
        ConnectionDefinition.Embedded(
            $"{Path.GetFileNameWithoutExtension(pipelinePath)}.duckdb",
            Path.GetDirectoryName(pipelinePath) ?? pipelinePath);

    /// <summary>The connection that the override or the file names; the embedded one if neither does.</summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.UnknownConnection"/>: the override is a name that nobody knows;
    /// <see cref="EltErrorKind.InvalidConnection"/>: it has mistakes outside of the file.
    /// </exception>
    public ConnectionDefinition Read(KeyedNode root)
    {
        ReadAll(root);
        var node = root.Text("Connection");
        if (context.Connection is { } given)
        {
            return given;
        }

        if (context.ConnectionName is { } named)
        {
            return Find(named) ?? throw UnknownConnection.Error(named, Known, Places);
        }

        // Not with an override: a file that names the production warehouse runs on a machine that has never heard of it.
        if (node is not { Value: string name })
        {
            return Embedded;
        }

        try
        {
            if (Find(name) is { } found)
            {
                return found;
            }

            complaints.Add(node, UnknownConnection.Message(name, Known, Places));
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.InvalidConnection)
        {
            complaints.Add(node, FailureText.Reason(failure));
        }

        return Embedded;
    }

    private ConnectionDefinition? Find(string name)
    {
        if (string.Equals(name, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            return Embedded;
        }

        // A connection with complaints of its own counts as known, so that one mistake makes one complaint.
        return _connections.TryGetValue(name, out var entry) ? entry.Definition ?? Embedded : context.Lookup?.Find(name)?.Usable();
    }

    private void ReadAll(KeyedNode root)
    {
        if (root.Find(ConnectionFileReader.ConnectionsKey) is not { } entry)
        {
            return;
        }

        if (entry.Value is not TableNode table)
        {
            complaints.Add(entry.Value, ConnectionFileReader.NoTable(entry.Value, ConnectionFileReader.ConnectionsKey));
            return;
        }

        foreach (var connection in new ConnectionTableReader(context.File, context.Folder, context.Registry).Read(table))
        {
            _connections.Add(connection.Name, connection);
            foreach (var complaint in connection.Complaints)
            {
                complaints.Add(complaint.Location, complaint.Message);
            }
        }
    }
}
