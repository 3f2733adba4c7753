using System.Collections;
using System.Management.Automation;

using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;

namespace EltPs.Connections;

/// <summary>Lets -Connection take a name, the path of a DuckDB file, a table or a connection.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
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
