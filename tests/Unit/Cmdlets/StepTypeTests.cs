using System.Reflection;
using EltPs.Engine.Steps;
using EltPs.Tests.House;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class StepTypeTests
{
    [Theory]
    [InlineData(typeof(StagedTable))]
    [InlineData(typeof(VerifiedTable))]
    [InlineData(typeof(PublishedTable))]
    public void Only_the_steps_make_tables(Type table)
    {
        Assert.True(table.IsSealed);
        Assert.Empty(table.GetConstructors(BindingFlags.Public | BindingFlags.Instance));
    }

    [Fact]
    public void Only_a_verified_table_can_be_published()
    {
        var publish = Assert.Single(typeof(TableSwap).GetMethods(), method => method.Name == nameof(TableSwap.PublishAsync));

        Assert.Equal(
            [typeof(VerifiedTable), typeof(CancellationToken)],
            publish.GetParameters().Select(parameter => parameter.ParameterType));
    }

    [Fact]
    public void Only_the_check_gives_a_verified_table()
    {
        // Whatever has one keeps it in a property; a run's build hands on what the check gave it.
        var makers = typeof(VerifiedTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(VerifiedTable) || method.ReturnType == typeof(Task<VerifiedTable>))
            .Where(method => !method.IsSpecialName)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        var constructing = Sources.Of("EltPs.Engine")
            .Where(file => file.Text.Contains("new VerifiedTable(", StringComparison.Ordinal))
            .Select(file => file.Path);

        Assert.Equal([$"{nameof(TableCheck)}.{nameof(TableCheck.VerifyAsync)}", "RunContext.BuildAsync"], makers);
        Assert.Equal(["Steps/Checks/TableCheck.cs"], constructing);
    }
}
