using EltPs.Engine.Names;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>The full name of an object as it is stored: folded, without quotes.</summary>
internal readonly record struct ObjectPath(string Database, string Schema, string Name)
{
    /// <summary>The name of the schema alone.</summary>
    public string SchemaName => $"{Written(Database)}.{Written(Schema)}";

    public override string ToString() => $"{SchemaName}.{Written(Name)}";

    private static string Written(string part) =>
        Identifier.TryParse(part, out var plain) && !plain.IsQuoted && !part.Any(char.IsLower) ? part : Identifier.Quote(part);
}
