namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Gives the token that each request is signed in with.</summary>
internal interface ITokenSource : IDisposable
{
    /// <summary>The value of <c>X-Snowflake-Authorization-Token-Type</c>.</summary>
    string Type { get; }

    /// <summary>Whether this machine signs the tokens, so that its clock is in them.</summary>
    bool IsSignedHere { get; }

    /// <summary>What to do where Snowflake refuses the token; has no token in it.</summary>
    string Advice { get; }

    /// <summary>The token to send now.</summary>
    /// <exception cref="EltPs.Engine.Errors.EltException">SecretMissing or InvalidConnection: there is none.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>Looks for another token after one was refused.</summary>
    /// <param name="refused">The one that was refused.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether there is another one that is worth a try.</returns>
    ValueTask<bool> RenewAsync(string refused, CancellationToken cancellationToken);
}
