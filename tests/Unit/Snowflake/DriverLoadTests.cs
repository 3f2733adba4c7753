using System.Runtime.Loader;

using EltPs.Engine.Errors;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Tests.Support;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.Driver;

using Polly;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class DriverLoadTests
{
    public static TheoryData<string> Folders => [StandInDriver.Folder, StandInDriver.FolderByHand, StandInDriver.FolderPublished];

    [Theory]
    [MemberData(nameof(Folders))]
    public void It_runs_with_its_own_version_of_what_the_module_loads_too(string folder)
    {
        var factory = SnowflakeDriver.Load("prod", folder);
        using var connection = factory.CreateConnection()!;

        Assert.Equal("99.0.0.0", connection.ServerVersion);
        Assert.Equal(8, typeof(ResiliencePipeline).Assembly.GetName().Version!.Major);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(typeof(ResiliencePipeline).Assembly));
        var context = Assert.IsType<DriverLoadContext>(AssemblyLoadContext.GetLoadContext(factory.GetType().Assembly));
        Assert.Equal(["Polly.Core", "Snowflake.Data"], context.Assemblies.Select(assembly => assembly.GetName().Name).Order());
    }

    [Fact]
    public void The_folders_are_one_with_a_deps_json_one_without_and_one_with_another_projects() => Assert.Equal(
        ["Snowflake.Data.deps.json", null, "EltPs.SnowflakeDriver.deps.json"],
        Folders.Select(folder => Path.GetFileName(Directory.EnumerateFiles(folder, "*.deps.json").SingleOrDefault())));

    [Fact]
    public void It_is_loaded_once_for_each_folder() =>
        Assert.Same(
            SnowflakeDriver.Load("prod", StandInDriver.Folder),
            SnowflakeDriver.Load("test", StandInDriver.Folder + Path.DirectorySeparatorChar));

    [Fact]
    public void It_looks_for_no_cloud_and_loads_no_native_library_of_its_own()
    {
        SnowflakeDriver.Load("prod", StandInDriver.Folder);

        Assert.Equal("true", Environment.GetEnvironmentVariable("SNOWFLAKE_DISABLE_PLATFORM_DETECTION"));
        Assert.Equal("true", Environment.GetEnvironmentVariable("SF_DISABLE_MINICORE"));
    }

    [Fact]
    public void Without_it_the_error_says_what_works_and_how_to_add_it()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.File("Snowflake.Data");

        var error = Assert.Throws<EltException>(() => SnowflakeDriver.Load("prod", missing));

        Assert.Equal(EltErrorKind.DriverMissing, error.Kind);
        Assert.Equal(
            $"Connection 'prod' needs the ADO.NET driver Snowflake.Data, which is not in {missing}. A key pair (SNOWFLAKE_JWT), an OAuth "
                + "token (OAUTH) and a "
            + "programmatic access token (PROGRAMMATIC_ACCESS_TOKEN) work without it, over the SQL API. To add it run ./build.ps1 "
            + "SnowflakeDriver, or put "
            + "Snowflake.Data.dll with its dependencies into that folder.",
            error.Message);
    }

    [Fact]
    public void A_file_that_is_no_driver_is_told_with_its_folder()
    {
        using var folder = new TemporaryFolder();
        folder.File("Snowflake.Data.dll", "no assembly");

        var error = Assert.Throws<EltException>(() => SnowflakeDriver.Load("prod", folder.Path));

        Assert.Equal(EltErrorKind.DriverMissing, error.Kind);
        Assert.StartsWith($"The driver in {folder.Path} cannot be used: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_module_looks_for_it_in_its_drivers_folder() =>
        Assert.EndsWith(Path.Combine("drivers", "Snowflake.Data"), SnowflakeProvider.DefaultDriverFolder, StringComparison.Ordinal);
}
