namespace EltPs.Warehouses.Snowflake;

/// <summary>How a connection signs in. The first three work over the SQL API; the others need the ADO.NET driver.</summary>
internal enum SnowflakeAuthenticator
{
    /// <summary>A key pair (<c>SNOWFLAKE_JWT</c>).</summary>
    KeyPair,

    /// <summary>An OAuth access token (<c>OAUTH</c>).</summary>
    OAuth,

    /// <summary>A programmatic access token (<c>PROGRAMMATIC_ACCESS_TOKEN</c>).</summary>
    ProgrammaticAccessToken,

    /// <summary>User and password (<c>SNOWFLAKE</c>).</summary>
    Password,

    /// <summary>User, password and a second factor (<c>USERNAME_PASSWORD_MFA</c>).</summary>
    PasswordAndMfa,

    /// <summary>A browser (<c>EXTERNALBROWSER</c>).</summary>
    ExternalBrowser,

    /// <summary>OAuth with a browser (<c>OAUTH_AUTHORIZATION_CODE</c>).</summary>
    OAuthAuthorizationCode,

    /// <summary>OAuth for services (<c>OAUTH_CLIENT_CREDENTIALS</c>).</summary>
    OAuthClientCredentials,

    /// <summary>The cloud's own identity (<c>WORKLOAD_IDENTITY</c>).</summary>
    WorkloadIdentity,

    /// <summary>Okta's own address (<c>https://….okta.com</c>).</summary>
    Okta,
}
