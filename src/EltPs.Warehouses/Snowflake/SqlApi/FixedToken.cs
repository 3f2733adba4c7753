using EltPs.Engine.Errors;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Signs in with a token that somebody else made: OAuth's, or a programmatic access token.</summary>
/// <param name="isOAuth">Whether it is OAuth's.</param>
/// <param name="read">Reads it from where it is.</param>
/// <param name="what">Whose token it is, for messages: <c>Connection 'prod'</c>.</param>
internal sealed class FixedToken(bool isOAuth, Func<CancellationToken, Task<string>> read, string what) : ITokenSource
{
    private string? _token;

    /// <inheritdoc/>
    public string Type => isOAuth ? "OAUTH" : "PROGRAMMATIC_ACCESS_TOKEN";

    /// <inheritdoc/>
    public bool IsSignedHere => false;

    /// <inheritdoc/>
    public string Advice => isOAuth
        ? "The OAuth token has expired or is not valid. Put a new one where Token says, and check that its scope allows the connection's "
            + "Role."
        : "The programmatic access token has expired, was revoked or is restricted to another role. See SHOW USER PROGRAMMATIC ACCESS "
            + "TOKENS, make a new one and put it "
            + "where Token says; a service user needs a network policy, too.";

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        _token ??= await ReadAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Read again, because files and vaults are rotated while a long statement runs.</remarks>
    public async ValueTask<bool> RenewAsync(string refused, CancellationToken cancellationToken)
    {
        _token = await ReadAsync(cancellationToken);
        return _token != refused;
    }

    /// <inheritdoc/>
    public void Dispose() => _token = null;

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var token = (await read(cancellationToken)).Trim();

        // What no header may hold would come back in an exception's text, token and all.
        return token.Length > 0 && token.All(letter => letter is > ' ' and <= '~')
            ? token
            : throw new EltException(
                EltErrorKind.InvalidConnection,
                $"{what}: what Token refers to is no token: it is empty, or has white space or other characters in it that no token has.");
    }
}
