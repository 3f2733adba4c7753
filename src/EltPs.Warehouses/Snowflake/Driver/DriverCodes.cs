namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>The kinds of codes that decide what the driver's error is: Snowflake's, and the driver's own (Core/SFError.cs).</summary>
internal static class DriverCodes
{
    /// <summary>The driver wraps another exception.</summary>
    public const int Internal = 270001;

    /// <summary>Whether Snowflake does not accept who signs in: its codes for signing in, key pairs and browsers.</summary>
    public static bool IsSignIn(DriverFault fault) => fault.Code / 1000 is 390 or 394 or 395 && !IsOfSession(fault);

    /// <summary>
    /// Whether it is about the session or its rate, which a sign-in has nothing to do with though the code is one of that range.
    /// </summary>
    public static bool IsOfSession(DriverFault fault) => fault.VendorCode is SnowflakeCodes.SessionGone or SnowflakeCodes.TooManyRequests;

    /// <summary>Whether the driver could not sign in: SAML, browser, key file, OAuth, workload identity.</summary>
    public static bool IsDriverSignIn(DriverFault fault) =>
        fault.Code is (>= 270040 and <= 270042) or (>= 270050 and <= 270052) or (>= 270056 and <= 270057) or (>= 270063 and <= 270066);

    /// <summary>Whether the driver cannot use the connection string or the platform.</summary>
    public static bool IsDriverSetting(DriverFault fault) => fault.Code is 270006 or 270008 or 270009 or 270011 or 270012 or 270055;
}
