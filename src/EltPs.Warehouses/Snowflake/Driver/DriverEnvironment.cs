namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Switches off, before the driver is loaded, what it does besides its work.</summary>
internal static class DriverEnvironment
{
    // Configuration/EnvironmentVariable.cs of the driver. Without the first it asks the metadata services of three clouds where it runs;
    // the second keeps it from loading a native library that nothing here uses.
    private static readonly string[] Switches = ["SNOWFLAKE_DISABLE_PLATFORM_DETECTION", "SF_DISABLE_MINICORE"];

    /// <summary>Sets the switches that nobody has set.</summary>
    public static void Quieten()
    {
        foreach (var name in Switches)
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            {
                Environment.SetEnvironmentVariable(name, "true");
            }
        }
    }
}
