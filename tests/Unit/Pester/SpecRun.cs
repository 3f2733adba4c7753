using System.Diagnostics;
using System.Text.Json;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Pester;

/// <summary>Runs all specs under the real PowerShell, once in a test run.</summary>
internal static class SpecRun
{
    private static readonly Lazy<Task<Spec[]>> Shared = new(RunAsync);

    /// <summary>The specs of all files, in the order of files and lines.</summary>
    public static Task<Spec[]> All => Shared.Value;

    /// <summary>The files that hold specs.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Path.GetFullPath(Path.Combine(RepositoryFolder, "tests", "Pester")), "*.Tests.ps1").Order(StringComparer.Ordinal)];

    private static string RepositoryFolder => Host.EltProcess.RepositoryRoot;

    // Two processes: one would be the longest test by far.
    private static async Task<Spec[]> RunAsync()
    {
        List<string>[] shares = [[], []];
        foreach (var file in Files.OrderByDescending(file => new FileInfo(file).Length))
        {
            shares.MinBy(share => share.Sum(path => new FileInfo(path).Length))!.Add(file);
        }

        var results = await Task.WhenAll(shares.Select(RunAsync));
        return [.. results.SelectMany(specs => specs).OrderBy(spec => spec.Name.Split('.')[0], StringComparer.Ordinal)];
    }

    private static async Task<Spec[]> RunAsync(IReadOnlyList<string> files)
    {
        using var folder = new TemporaryFolder();
        var result = Path.Combine(folder.Path, "specs.json");
        var start = PowerShellTool.Start(
            "-File", Path.Combine(RepositoryFolder, "tests", "Pester", "Invoke-Spec.ps1"),
            "-Pester", PowerShellTool.Pester,
            "-ResultPath", result,
            "-Path", string.Join(Path.PathSeparator, files));
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(File.Exists(result), $"Pester did not come to its end, exit code {process.ExitCode}:\n{output}\n{await errors}");
        return JsonSerializer.Deserialize<Spec[]>(await File.ReadAllTextAsync(result))!;
    }
}
