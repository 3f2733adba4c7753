using EltPs.Tests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace EltPs.Tests.Support;

/// <summary>Begins with the classes that take longest, so that no processor is idle at the end while one of them runs on.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Rooms = [".Soak.", ".Together.", ".Schedulers.", ".Snowflake.", ".Alerts."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Rooms, room => collection.TestCollectionDisplayName.Contains(room, StringComparison.Ordinal)) switch
        {
            -1 => Rooms.Length,
            var place => place,
        };
}
