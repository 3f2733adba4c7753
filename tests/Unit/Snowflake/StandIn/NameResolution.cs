namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Completes names with the context's database and schema.</summary>
internal static class NameResolution
{
    public static ObjectPath Object(IReadOnlyList<string> parts, StatementContext context) => parts.Count switch
    {
        1 => new ObjectPath(Database(context), Folded(context.Schema) ?? "PUBLIC", parts[0]),
        2 => new ObjectPath(Database(context), parts[0], parts[1]),
        3 => new ObjectPath(parts[0], parts[1], parts[2]),
        _ => throw Refusal.Missing("Object", string.Join('.', parts)),
    };

    public static ObjectPath Schema(IReadOnlyList<string> parts, StatementContext context) =>
        Object(parts.Count < 3 ? [.. parts, string.Empty] : parts, context);

    public static string Database(StatementContext context) => Folded(context.Database) ?? throw Refusal.NoDatabase();

    public static string Role(StatementContext context) => Folded(context.Role) ?? ObjectStore.Administrator;

    // The SQL API's fields hold names as they are stored (Snowflake documentation, "Snowflake SQL API reference": they are case-sensitive).
    private static string? Folded(string? name) => string.IsNullOrEmpty(name) ? null : name;
}
