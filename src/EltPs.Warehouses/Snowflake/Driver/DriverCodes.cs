namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>The error codes that decide what an error is: Snowflake's, and the driver's own (Core/SFError.cs).</summary>
internal static class DriverCodes
{
    /// <summary>The statement was cancelled.</summary>
    public const int Cancelled = 604;

    /// <summary>The statement reached STATEMENT_TIMEOUT_IN_SECONDS.</summary>
    public const int StatementTimeout = 630;

    /// <summary>Too many statements wait for the same lock.</summary>
    public const int LockWaiters = 625;

    /// <summary>The driver wraps another exception.</summary>
    public const int Internal = 270001;

    /// <summary>The session has ended in Snowflake; nothing runs in it any more.</summary>
    public const int SessionGone = 390111;

    /// <summary>Too many requests of this user or account.</summary>
    public const int TooManyRequests = 390505;

    /// <summary>Whether Snowflake does not accept who signs in: its codes for signing in, key pairs and browsers.</summary>
    public static bool IsSignIn(int code) => code / 1000 is 390 or 394 or 395 && code is not (SessionGone or TooManyRequests);

    /// <summary>Whether the driver could not sign in: SAML, browser, key file, OAuth, workload identity.</summary>
    public static bool IsDriverSignIn(int code) => code is (>= 270040 and <= 270042) or (>= 270050 and <= 270052) or (>= 270056 and <= 270057) or (>= 270063 and <= 270066);

    /// <summary>Whether the driver cannot use the connection string or the platform.</summary>
    public static bool IsDriverSetting(int code) => code is 270006 or 270008 or 270009 or 270011 or 270012 or 270055;
}
