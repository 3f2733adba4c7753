using System.Reflection;
using EltPs.Engine.Steps;
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
        var makers = typeof(VerifiedTable).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(VerifiedTable) || method.ReturnType == typeof(Task<VerifiedTable>))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Equal([$"{nameof(TableCheck)}.{nameof(TableCheck.VerifyAsync)}"], makers);
    }
}
