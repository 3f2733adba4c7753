using EltPs.Schedulers;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Schedulers;

public sealed class PowerShellExecutableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_dotnet_tool_is_started_by_its_launcher_and_not_in_its_store()
    {
        var home = Installed("tools/.store/powershell/7.6.9/powershell/7.6.9/tools/net10.0/any/unix/pwsh.dll");
        var launcher = Installed("tools/pwsh");

        Assert.Equal(launcher, Find(home, "/usr/share/dotnet/dotnet"));
        Assert.Equal(launcher, Find(home, "/usr/share/dotnet/dotnet", launcher));
        Assert.True(PowerShellExecutable.IsLauncher(launcher));
    }

    [Fact]
    public void A_link_that_leads_to_this_PowerShell_goes_before_another_one_and_before_the_program_itself()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The names of executables are those of Unix.");
        var other = Installed("other/bin/pwsh");
        var program = Installed("opt/powershell/7.6.9/pwsh");
        var link = Linked("bin/pwsh", program);

        Assert.Equal(link, Find(program, program, program, other, link));
        Assert.Equal(program, Find(program, program, program, other));
        Assert.False(PowerShellExecutable.IsLauncher(link));
    }

    [Fact]
    public void A_snap_is_started_by_its_name_and_not_by_its_revision()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no snaps.");
        var program = Installed("snap/powershell/271/opt/powershell/pwsh");
        var link = Linked("snap/bin/pwsh", Installed("usr/bin/snap"));

        Assert.Equal(link, Find(program, program, program, link));
    }

    [Fact]
    public void Homebrew_starts_it_by_its_link_and_not_in_the_cellar()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Homebrew.");
        var program = Installed("brew/Cellar/powershell/7.6.9/libexec/pwsh");
        var link = Linked("brew/bin/pwsh", Installed("brew/Cellar/powershell/7.6.9/bin/pwsh"));

        Assert.Equal(link, Find(program, program, program, link));
    }

    [Fact]
    public void A_tool_of_a_manifest_has_no_executable_of_its_own()
    {
        var home = Installed(".nuget/packages/powershell/7.6.9/tools/net10.0/any/unix/pwsh.dll");

        Assert.Null(Find(home, "/usr/share/dotnet/dotnet"));
    }

    private static string? Find(string fileAtHome, string process, params string[] found) => new PowerShellExecutable(
        Path.GetDirectoryName(fileAtHome)!,
        process,
        string.Join(Path.PathSeparator, found.Select(Path.GetDirectoryName).Prepend("relative"))).Find();

    private string Installed(string path)
    {
        var file = Path.Combine(_folder.Path, path.Replace('/', Path.DirectorySeparatorChar));
        if (OperatingSystem.IsWindows() && Path.GetFileName(file) == "pwsh")
        {
            file += ".exe";
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, string.Empty);
        return file;
    }

    private string Linked(string path, string target)
    {
        var link = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
        return link;
    }
}
