namespace EltPs.Engine.Secrets;

/// <summary>Where secrets can be.</summary>
public enum SecretKind
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file that holds nothing else; a line break at its end is cut.</summary>
    File,

    /// <summary>A vault of PowerShell's SecretManagement.</summary>
    Vault,

    /// <summary>A value in Snowflake's connections.toml.</summary>
    ConnectionsToml,
}
