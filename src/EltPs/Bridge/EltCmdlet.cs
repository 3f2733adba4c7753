using System.Management.Automation;
using EltPs.Connections;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.PipelineFiles;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.PipelineFiles;

namespace EltPs.Bridge;

/// <summary>What all cmdlets share: how they read what users name, which is pipeline files, connections, tables, folders.</summary>
public abstract class EltCmdlet : EngineCmdlet
{
    /// <summary>Reads a pipeline file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="connection">What -Connection said; null for nothing.</param>
    /// <exception cref="EltException">The file, or the connection, is not valid.</exception>
    private protected PipelineDefinition ReadPipeline(string path, ConnectionArgument? connection)
    {
        var definition = connection?.ToDefinition(CurrentFolder, WarehouseLoader.Registry);
        path = Finder.FindOne(path);
        return PipelineFileLoader.Load(new PipelineFileContext(path, FullPath(path), WarehouseLoader.Registry, AlertChannels.Default.Keys)
        {
            Connection = definition,
            ConnectionName = definition is null ? connection?.Name : null,
        });
    }

    /// <summary>Does something for one of several files: the others go on after its error. Null if it failed.</summary>
    private protected T? Try<T>(string path, Func<T?> action)
        where T : class
    {
        try
        {
            return action();
        }
        catch (EltException failure)
        {
            Refuse(path, failure);
            return null;
        }
    }

    /// <summary>Says of one of several files that nothing could be done for it.</summary>
    private protected virtual void Refuse(string path, EltException failure) => WriteError(failure.ToRecord(path));

    /// <summary>Reads a pipeline file with the connection of an earlier run.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="connection">What -Connection said; null for nothing.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="EltException">The file, or the connection, is not valid, or it is not the run's.</exception>
    private protected PipelineDefinition ReadPipeline(string path, ConnectionArgument? connection, JournaledRun run)
    {
        var pipeline = ReadPipeline(path, connection);
        if (connection is null && !run.Used(pipeline.Session.Connection))
        {
            try
            {
                // A path was relative to the folder in which the run began, and need not be to this one.
                pipeline = ReadPipeline(path, run.DatabaseFile is { } file
                    ? new ConnectionArgument(ConnectionDefinition.Embedded(file, CurrentFolder, run.ConnectionName) with { IsAdHoc = true })
                    : new ConnectionArgument(run.ConnectionName));
            }
            catch (EltException failure) when (failure.Kind is EltErrorKind.UnknownConnection or EltErrorKind.InvalidConnection)
            {
                // A table of keys and values has a name that nobody defines: the message below says what to do.
            }
        }

        RunResume.EnsureSameConnection(pipeline, run);
        return pipeline;
    }

    /// <summary>The session of a table that is named by parameters, not listed in a file.</summary>
    /// <exception cref="EltException">No connection is given, or it is not valid.</exception>
    private protected SessionSettings AdHocSession(ConnectionArgument? connection)
    {
        if (connection is null)
        {
            throw new EltException(
                EltErrorKind.InvalidConnection,
                "A table that is named by parameters needs -Connection: a name (Get-EltConnection lists them), the path of a .duckdb file, "
                + "or a table such as @{ Type = 'DuckDb'; Path = 'mau.duckdb' }.");
        }

        return new SessionSettings(FindConnection(connection), SessionSettings.DefaultTimeZone, []);
    }

    /// <summary>The connection that is meant where there is no pipeline file.</summary>
    /// <exception cref="EltException">No place has the name, or the connection cannot be used.</exception>
    private protected ConnectionDefinition FindConnection(ConnectionArgument connection)
    {
        if (connection.ToDefinition(CurrentFolder, WarehouseLoader.Registry) is { } definition)
        {
            return definition;
        }

        if (string.Equals(connection.Name, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            throw new EltException(
                EltErrorKind.UnknownConnection,
                $"'{connection.Name}' is the database beside a pipeline file, and there is no pipeline file here; give the path of a "
                    + ".duckdb file.");
        }

        var lookup = new ConnectionLookup(CurrentFolder, WarehouseLoader.Registry);
        return lookup.Find(connection.Name!)?.Usable() ?? throw UnknownConnection.Error(
            connection.Name!,
            lookup.Names,
            lookup.Places,
            " The path of a .duckdb file and a table such as @{ Type = 'DuckDb'; Path = 'mau.duckdb' } do as well.");
    }

    /// <summary>The name of a table that is given by parameters.</summary>
    /// <exception cref="EltException">It is no name.</exception>
    private protected static TableName ParseName(string schema, string table) =>
        TableName.TryCreate(schema, table, out var name)
            ? name
            : throw new EltException(
                EltErrorKind.InvalidName,
                $"'{schema}' and '{table}' make no table name. A plain name has ASCII letters, digits, _ and $ and does not begin with a "
                    + "digit; "
                + "quote any other inside the text: -Table '\"my table\"'.");

    /// <summary>The name of a table as a journal has it.</summary>
    /// <exception cref="EltException">It is no name.</exception>
    private protected static TableName ParseName(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new EltException(EltErrorKind.InvalidName, $"'{text}' is no table name.");

    /// <summary>The current folder of the session's file system.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Finds pipeline files.</summary>
    private protected PipelineFileFinder Finder => new(SessionState.Path);

    /// <summary>The absolute path of a file, which need not exist.</summary>
    /// <exception cref="EltException">There is no such drive, or it has no files.</exception>
    private protected string FullPath(string path) => Finder.FullPath(path);

    /// <summary>Where a pipeline's runs leave their state: -StatePath, else the variable ELTPS_STATE, else beside the file.</summary>
    /// <param name="pipelinePath">The pipeline file's absolute path; null where no pipeline is meant: then it is the folder of those in the
    /// current folder.</param>
    /// <param name="statePath">What -StatePath said; null for nothing.</param>
    private protected StateFolder State(string? pipelinePath, string? statePath) => StateFolder.For(
        pipelinePath ?? Path.Combine(CurrentFolder, "any"), StateChoice.Of(statePath) is { } chosen ? FullPath(chosen) : null);

    /// <summary>The files that a -Config value means.</summary>
    /// <exception cref="EltException">There is none.</exception>
    private protected IReadOnlyList<string> Resolve(string config) => Finder.Find(config);

    /// <summary>The one file that the -Config of a cmdlet means which takes no patterns; null for none.</summary>
    /// <exception cref="EltException">A folder has none, or several.</exception>
    private protected string? ResolveOne(string? config) => config is null ? null : Finder.FindOne(config);
}
