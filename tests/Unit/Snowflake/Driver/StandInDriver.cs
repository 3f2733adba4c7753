using System.Reflection;

using EltPs.Engine.Secrets;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.Driver;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>The driver that stands in for Snowflake.Data: where it is, and connections through it.</summary>
internal static class StandInDriver
{
    /// <summary>A token that must be seen nowhere.</summary>
    public const string Token = "MARKER;token='\"q/7+=";

    /// <summary>Its folder as a build makes it, with deps.json.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(
            typeof(StandInDriver)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(entry => entry.Key == "SnowflakeDriver")
                .Value!);

    /// <summary>A folder that somebody filled by hand, without deps.json.</summary>
    public static string FolderByHand { get; } = Path.Combine(Folder, "by-hand");

    /// <summary>A folder like the one that build.ps1 makes, with the deps.json of the project that refers to the driver.</summary>
    public static string FolderPublished { get; } = Path.Combine(Folder, "published");

    public static ConnectionSecrets Secrets { get; } = new(new SecretReader(new MemoryVault(("token", Token))));

    public static SnowflakeOptions Options(Uri endpoint) => new()
    {
        Name = "prod",
        Account = "org-account",
        Endpoint = endpoint,
        Authenticator = SnowflakeAuthenticator.OAuth,
        UsesDriver = true,
        User = "JOB",
        Role = "TRANSFORMER",
        Token = new SecretReference(SecretKind.Vault, "token"),
        BaseFolder = Path.GetTempPath(),
    };

    public static Task<DriverClient> OpenAsync(LoopbackSqlApi api, CancellationToken cancellationToken = default) =>
        DriverClient.OpenAsync(Options(api.Endpoint), "Europe/Berlin", Secrets, Folder, TimeProvider.System, cancellationToken);
}
