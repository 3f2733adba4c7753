using System.Reflection;
using EltPs.Commands;
using EltPs.Engine.Runs;
using EltPs.Tests.Reports;
using PublicApiGenerator;
using Xunit;

namespace EltPs.Tests.House;

/// <summary>
/// What an assembly shows to others is approved, a file for each. Scripts see the objects that cmdlets write, so a change here is a change
/// for users. <c>ELTPS_APPROVE=1</c> writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    public static TheoryData<string> Names { get; } = ["EltPs.Engine", "EltPs.Warehouses", "EltPs"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_API_is_the_approved_one(string name)
    {
        var path = Path.Combine(RepositoryFile.Root, "tests", "Unit", "House", "Approved", $"{name}.txt");
        var api = AssemblyOf(name).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ELTPS_APPROVE") == "1")
        {
            File.WriteAllText(path, api);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), api);
    }

    private static Assembly AssemblyOf(string name) => name switch
    {
        "EltPs.Engine" => typeof(RunResult).Assembly,
        "EltPs" => typeof(InvokeEltPipelineCommand).Assembly,
        _ => Assembly.Load(name),
    };
}
