namespace EltPs.Tests.Soak;

/// <summary>How often a soak test repeats itself.</summary>
internal static class Rounds
{
    /// <summary>A tenth normally, all with the environment variable ELTPS_SOAK=1.</summary>
    public static int Of(int full) => Environment.GetEnvironmentVariable("ELTPS_SOAK") == "1" ? full : full / 10;
}
