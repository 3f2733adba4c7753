using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>systemd's own reading of units and calendar events, where the machine has it. It needs no running systemd.</summary>
internal static partial class SystemdAnalyze
{
    /// <summary>Why it cannot be asked; null if it can.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsLinux() && File.Exists("/usr/bin/systemd-analyze") ? null : "This machine has no systemd-analyze.";

    /// <summary>When a calendar event elapses, from a moment on.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> ElapsesAsync(string calendar, string from, int iterations)
    {
        var (code, output) = await RunAsync(
            "calendar",
            "--base-time=" + from,
            string.Create(CultureInfo.InvariantCulture, $"--iterations={iterations}"),
            calendar);
        Assert.True(code == 0, $"{calendar}: {output}");
        return
        [
            .. Elapse()
                .Matches(output)
                .Select(match =>
                    DateTimeOffset.ParseExact(
                        match.Groups[1].Value,
                        "yyyy-MM-dd HH:mm:ss",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal)),
        ];
    }

    /// <summary>What it says about some units; nothing if all is well.</summary>
    public static Task<(int Code, string Output)> VerifyAsync(params string[] units) => RunAsync(["verify", .. units]);

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"(?:Next elapse|Iteration #\d+|Iter\. #\d+): \w{3} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC")]
    private static partial Regex Elapse();
}
