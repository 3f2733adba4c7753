using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace EltPs.Tests.Support;

/// <summary>The real PowerShell: the .NET tool of the repository's tool manifest, which the build of the tests restores.</summary>
internal static class PowerShellTool
{
    /// <summary>The PowerShell that <c>dotnet pwsh</c> starts, to be run with <c>dotnet</c>.</summary>
    public static string Library { get; } = Metadata("PowerShellLibrary");

    /// <summary>The manifest of the Pester that runs the specs.</summary>
    public static string Pester { get; } = Metadata("PesterManifest");

    /// <summary>The .NET host that runs these tests.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static string Root { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary><c>dotnet pwsh</c> in the root of the repository, without a profile, its streams redirected.</summary>
    /// <param name="arguments">What follows <c>-NoProfile -NonInteractive</c>.</param>
    public static ProcessStartInfo Start(params string[] arguments) =>
        new(Dotnet, ["pwsh", "-NoProfile", "-NonInteractive", .. arguments])
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

    private static string Metadata(string key) => typeof(PowerShellTool).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == key).Value!;
}
