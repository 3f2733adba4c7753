using System.Text.Json;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.House;

/// <summary>What a package says about the packages in it.</summary>
public sealed class PackageTests
{
    // Of src/EltPs itself nothing but a reference assembly, which is only compiled against.
    private static readonly string[] ShippedProjects = ["EltPs.Engine", "EltPs.Warehouses"];

    [Fact]
    public void The_notices_name_every_package_of_the_module_with_its_version_and_no_other()
    {
        var notices = File.ReadAllText(Path.Combine(EltProcess.RepositoryRoot, "THIRD-PARTY-NOTICES.txt"));
        var named = notices.Split($"\n{new string('=', 80)}\n").Skip(1).Select(part => part[..part.IndexOf('\n', StringComparison.Ordinal)]);

        Assert.Equal(Packages(), named.Order(StringComparer.OrdinalIgnoreCase));
        Assert.True(File.Exists(Path.Combine(BuiltModule.Folder, "THIRD-PARTY-NOTICES.txt")));
    }

    [Fact]
    public async Task The_bill_of_materials_names_every_package_and_file_and_is_the_same_each_time()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "EltPs.psd1", "EltPs.dll", "LICENSE" })
        {
            folder.File(name, await File.ReadAllTextAsync(Path.Combine(BuiltModule.Folder, name), TestContext.Current.CancellationToken));
        }

        var script = $"& '{Path.Combine(EltProcess.RepositoryRoot, "packaging", "New-Sbom.ps1")}' -Module '{folder.Path}'";
        var run = EltInProcess.Run($"{script}; $once = Get-FileHash '{folder.Path}/sbom.cdx.json'; {script}; "
            + $"$once.Hash -eq (Get-FileHash '{folder.Path}/sbom.cdx.json').Hash");
        Assert.True(run.ExitCode == 0, run.Errors);

        Assert.Equal("True", run.Lines[^1]);
        using var bill = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder.Path, "sbom.cdx.json"), TestContext.Current.CancellationToken));
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal("CycloneDX 1.6", $"{bill.RootElement.GetProperty("bomFormat")} {bill.RootElement.GetProperty("specVersion")}");
        Assert.Equal(Packages(), Of("library").Select(package => $"{package.GetProperty("name")} {package.GetProperty("version")}"));
        Assert.Equal(["EltPs.dll", "EltPs.psd1", "LICENSE"], Of("file").Select(file => file.GetProperty("name").GetString()));
        Assert.All(Of("library"), package => Assert.NotEmpty(package.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString()!));

        IEnumerable<JsonElement> Of(string type) => components.Where(component => component.GetProperty("type").GetString() == type);
    }

    private static IEnumerable<string> Packages() =>
        ShippedProjects
            .SelectMany(project =>
            {
                using var file = File.OpenRead(Path.Combine(EltProcess.RepositoryRoot, "src", project, "packages.lock.json"));
                using var document = JsonDocument.Parse(file);
                return document.RootElement.GetProperty("dependencies").EnumerateObject()
                    .SelectMany(target => target.Value.EnumerateObject())
                    .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                    .Select(package => $"{package.Name} {package.Value.GetProperty("resolved").GetString()}")
                    .ToList();
            })
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase);
}
