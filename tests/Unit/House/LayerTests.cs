using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.House;

/// <summary>A room (a first-level folder of an assembly) knows only the rooms before it.</summary>
public sealed class LayerTests
{
    // The engine's are those of docs/architecture.md. Where two could stand in either order, the order here is the one that is held.
    public static TheoryData<string, string[]> Assemblies { get; } = new()
    {
        {
            "EltPs.Engine",
            [
                "Names", "Events", "Errors", "Secrets", "Files", "Sql", "Templates", "Definitions", "Scheduling", "Warehouses",
                "PipelineFiles", "Schedulers", "Steps", "Runs", "Validation", "Journal", "Reports", "Alerts",
            ]
        },
        { "EltPs.Warehouses", ["Secrets", "AdoNet", "DuckDb", "Snowflake"] },
        {
            "EltPs",
            [
                "Secrets", "Loading", "Errors", "Signals", "Objects", "DataFiles", "Connections", "PipelineFiles", "Selection", "Progress",
                "Bridge", "Completion", "Validation", "Views", "Runs", "Rows", "Schedulers", "Reports", "Alerts", "Commands",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_room_knows_only_the_rooms_before_it(string assembly, string[] rooms)
    {
        var files = Sources.Of(assembly).Where(file => file.Room.Length > 0).ToList();
        Assert.Equal(rooms.Order(), files.Select(file => file.Room).Distinct().Order());
        var types = files.SelectMany(file => file.Types.Select(type => (file.Room, type))).ToHashSet();
        string[] backArrows =
        [
            .. from file in files
               from named in file.NamedRooms(assembly, types)
               where Array.IndexOf(rooms, named) > Array.IndexOf(rooms, file.Room)
               select $"{file.Room} → {named}: {file.Path}",
        ];
        Assert.True(backArrows.Length == 0, $"Arrows against the order of {assembly}:\n{string.Join('\n', backArrows)}");
    }

    [Fact]
    public void One_namespace_lives_in_one_assembly_and_is_the_one_of_its_room()
    {
        var files = Assemblies.Select(row => row.Data.Item1).Append("EltPs.Host").SelectMany(Sources.Of).ToList();
        Assert.All(
            files.GroupBy(file => file.Namespace),
            group => Assert.True(group.Select(file => file.Assembly).Distinct().Count() == 1, $"{group.Key} is in several assemblies."));
        Assert.All(
            files.Where(file => file.Room.Length > 0),
            file => Assert.Matches($"^{Regex.Escape($"{file.Assembly}.{file.Room}")}(\\.|$)", file.Namespace));
    }
}
