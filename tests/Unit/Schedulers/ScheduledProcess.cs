using System.Diagnostics;
using System.Text;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>
/// Runs what a scheduler's file says as that scheduler would: from the line as it is written, with as few variables as it gives.
/// </summary>
internal static class ScheduledProcess
{
    /// <summary>
    /// What cron makes of a command: the shell gets it with <c>\%</c> as <c>%</c>, and only up to a <c>%</c> without a backslash
    /// (crontab(5)).
    /// </summary>
    public static string CronCommand(string line)
    {
        var command = line.StartsWith('@') ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line.Split(' ', 6)[5];
        var text = new StringBuilder();
        for (var index = 0; index < command.Length && command[index] != '%'; index++)
        {
            index += command[index] == '\\' && index + 1 < command.Length && command[index + 1] == '%' ? 1 : 0;
            text.Append(command[index]);
        }

        return text.ToString();
    }

    /// <summary>Runs a command as cron does: by /bin/sh, in the user's home folder.</summary>
    public static Task<EltResult> ShellAsync(string command, string home, params (string Name, string Value)[] environment) =>
        RunAsync("/bin/sh", ["-c", command], home, [("HOME", home), .. environment]);

    /// <summary>Runs a service as systemd does.</summary>
    public static Task<EltResult> ServiceAsync(string unit, string home)
    {
        var words = SystemdWords(Value(unit, "ExecStart"));
        var environment = unit.Split('\n').Where(line => line.StartsWith("Environment=", StringComparison.Ordinal))
            .SelectMany(line => SystemdWords(line["Environment=".Length..]))
            .Select(word => word.Split('=', 2) is [var name, var value] ? (name, value) : (word, string.Empty));
        var folder = Value(unit, "WorkingDirectory").Replace("%%", "%", StringComparison.Ordinal);
        return RunAsync(
            words[0],
            [.. words.Skip(1).Select(word => word.Replace("$$", "$", StringComparison.Ordinal))],
            folder,
            [("HOME", home), .. environment]);
    }

    private static string Value(string unit, string key) =>
        unit.Split('\n').Single(line => line.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    // systemd.syntax, "Quoting"; systemd.unit, "Specifiers".
    private static List<string> SystemdWords(string value)
    {
        var words = new List<string>();
        for (var index = 0; index < value.Length; index++)
        {
            Assert.Equal('"', value[index]);
            var word = new StringBuilder();
            for (index++; value[index] != '"'; index++)
            {
                if (value[index] is '\\' or '%')
                {
                    Assert.True(value.Substring(index, 2) is @"\\" or "\\\"" or "%%", value[index..]);
                    index++;
                }

                word.Append(value[index]);
            }

            words.Add(word.ToString());
            index++;
            Assert.True(index == value.Length || value[index] == ' ');
        }

        return words;
    }

    private static async Task<EltResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Prepend(("PATH", "/usr/bin:/bin")))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new EltResult(process.ExitCode, output, await errors);
    }
}
