using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.DataFiles;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.Objects;
using EltPs.PipelineFiles;

namespace EltPs.Commands;

/// <summary>Lists the connections that can be named here, and where each comes from. Opens none, and reads no secret.</summary>
[Cmdlet(VerbsCommon.Get, "EltConnection")]
[OutputType(typeof(EltConnection))]
public sealed class GetEltConnectionCommand : EltCmdlet
{
    /// <summary>Only connections with these names; wildcards allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The pipeline file whose connections count too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = Config is null ? null : Guard(Config, () => FullPath(ResolveOne(Config)!));
        var lookup = Guard(Config, () =>
            new ConnectionLookup(path is null ? CurrentFolder : Path.GetDirectoryName(path)!, WarehouseLoader.Registry));
        var known = new Dictionary<string, KnownConnection>(StringComparer.OrdinalIgnoreCase);
        foreach (var connection in OfPipeline(path).Concat(lookup.All))
        {
            if (known.TryGetValue(connection.Name, out var first))
            {
                WriteVerbose($"'{connection.Name}' of {connection.Origin} is hidden by that of {first.Origin}.");
            }
            else
            {
                known.Add(connection.Name, connection);
            }
        }

        foreach (var problem in lookup.Problems)
        {
            WriteError(problem.ToRecord());
        }

        Write(known, [.. lookup.Places.Prepend(Config).OfType<string>()]);
    }

    private IReadOnlyList<KnownConnection> OfPipeline(string? path)
    {
        if (path is null)
        {
            return [];
        }

        try
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw PipelineFileFinder.NoSuchFile(Config!, path);
            }

            var root = DataFileReader.Read(Config!, path);
            return
            [
                ConnectionFileReader.Embedded(path),
                .. ConnectionFileReader.ReadPipelineFile(root, Config!, Path.GetDirectoryName(path)!, WarehouseLoader.Registry),
            ];
        }
        catch (EltException failure)
        {
            WriteError(failure.ToRecord(Config));
            return [];
        }
    }

    private void Write(Dictionary<string, KnownConnection> known, IReadOnlyCollection<string> places)
    {
        if (Name is null)
        {
            WriteObject(known.Values.Select(connection => new EltConnection(connection)), enumerateCollection: true);
            return;
        }

        foreach (var name in Name)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            var found = known.Values.Where(connection => pattern.IsMatch(connection.Name)).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                var target = UnknownConnection.IsConnectionString(name) ? UnknownConnection.Neutral : name;
                WriteError(UnknownConnection.Error(name, known.Keys, places).ToRecord(target));
            }

            WriteObject(found.Select(connection => new EltConnection(connection)), enumerateCollection: true);
        }
    }
}
