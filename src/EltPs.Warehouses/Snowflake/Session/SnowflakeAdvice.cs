using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The way out of errors that Snowflake gives often, by its codes.</summary>
internal static class SnowflakeAdvice
{
    /// <summary>Where no compute warehouse is chosen.</summary>
    public const string NoWarehouse =
        "Add Warehouse = '…' to the connection, or give the user a default one: ALTER USER … SET DEFAULT_WAREHOUSE = …";

    /// <summary>The same error with the way out; null for an error that speaks for itself.</summary>
    public static EltException? For(EltException failure) =>
        WayOut(failure) is { } advice ? failure.With(advice: Advice.Say(advice)) : null;

    private static string? WayOut(EltException failure) => failure.Kind != EltErrorKind.StatementFailed ? null : failure.VendorCode switch
    {
        "000606" => NoWarehouse,
        "090105" or "090106" => "Add Database = '…' to the connection, or write the names as database.schema.table.",
        "002002" => "A table of that name is there and this role does not see it: grant the role OWNERSHIP of it, or drop it.",
        "003001" => "The role lacks a privilege: the help topic about_EltPs_Snowflake lists the grants that EltPs needs.",
        _ => null,
    };
}
