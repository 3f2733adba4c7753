using System.Collections;
using System.Management.Automation;

using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;
using EltPs.Objects;

namespace EltPs.Connections;

/// <summary>Lets -Connection take a name, the path of a DuckDB file, a table or a connection.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    private const string PictureOfConnection = "Deserialized.EltPs.Objects.EltConnection";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        EltObject.Unwrap(inputData) switch
        {
            null => null,

            // Of a connection that came out of a file or a job, the name is all that is needed.
            PSCustomObject when inputData is PSObject picture && picture.TypeNames[0] == PictureOfConnection =>
                new ConnectionArgument(picture.Properties[nameof(EltConnection.Name)].Value.ToString()!),
            ConnectionArgument argument => argument,
            KnownConnection known => new ConnectionArgument(known),
            ConnectionDefinition definition => new ConnectionArgument(definition),
            Hashtable table => new ConnectionArgument(table),
            IDictionary table => new ConnectionArgument(new Hashtable(table)),
            string { Length: > 0 } name => new ConnectionArgument(name),
            var other => throw new ArgumentTransformationMetadataException(
                $"A connection is a name, the path of a .duckdb file, or a table such as @{{ Type = 'DuckDb'; Path = 'mau.duckdb' }}; not "
                    + $"a {other.GetType().Name}."),
        };
}
