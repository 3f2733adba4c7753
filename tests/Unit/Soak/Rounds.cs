using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>How much of its matrix or of its rounds a test runs.</summary>
internal static class Rounds
{
    /// <summary>Whether everything is run.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ELTPS_SOAK") == "1";

    /// <summary>A tenth normally, all with the environment variable ELTPS_SOAK=1.</summary>
    public static int Of(int full) => Of(full, full / 10);

    /// <summary>A number normally, all with the environment variable.</summary>
    public static int Of(int full, int normal) => IsFull ? full : normal;

    /// <summary>
    /// How far a test that walks through all moments goes each time: that many normally, one by one with the environment variable.
    /// </summary>
    public static int Step(int normal) => IsFull ? 1 : normal;

    /// <summary>Some of the values normally, in their order, all with the environment variable.</summary>
    /// <param name="all">The values.</param>
    /// <param name="count">How many normally.</param>
    /// <param name="seed">The same text always gives the same ones.</param>
    public static IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int count, string seed)
    {
        if (IsFull)
        {
            return all;
        }

        // Not GetHashCode, which each process answers in its own way.
        var random = new Random(seed.Aggregate(17, (hash, sign) => unchecked((hash * 31) + sign)));
        int[] places = [.. Enumerable.Range(0, all.Count)];
        random.Shuffle(places);
        return [.. places.Take(count).Order().Select(place => all[place])];
    }

    /// <summary>The same as the rows of a theory.</summary>
    public static TheoryData<T> Cases<T>(IReadOnlyList<T> all, int count, string seed) => [.. Sample(all, count, seed)];
}
