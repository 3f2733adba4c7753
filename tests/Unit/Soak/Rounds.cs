namespace EltPs.Tests.Soak;

/// <summary>How often a soak test repeats itself.</summary>
internal static class Rounds
{
    /// <summary>A tenth normally, all with the environment variable ELTPS_SOAK=1.</summary>
    public static int Of(int full) => IsFull ? full : full / 10;

    /// <summary>
    /// How far a test that walks through all moments goes each time: that many normally, one by one with the environment variable.
    /// </summary>
    public static int Step(int normal) => IsFull ? 1 : normal;

    private static bool IsFull => Environment.GetEnvironmentVariable("ELTPS_SOAK") == "1";
}
