using EltPs.Engine.Secrets;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>Holds secrets under their names.</summary>
internal sealed class MemoryVault(params (string Name, string Secret)[] secrets) : ISecretVault
{
    public Task<string> ReadAsync(string? vault, string name, CancellationToken cancellationToken) =>
        Task.FromResult(secrets.Single(secret => secret.Name == name).Secret);
}
