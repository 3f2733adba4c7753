using System.Diagnostics;
using System.Reflection;
using System.Text;
using Xunit;

namespace EltPs.Tests.Host;

/// <summary>The real elt, as a process whose streams are redirected, so its output is that of a log.</summary>
internal sealed class EltProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private EltProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    /// <summary>The root of the repository that the tests were built in.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    public static EltProcess Start(string workingDirectory, params string[] arguments) =>
        Start(workingDirectory, new Dictionary<string, string>(), arguments);

    /// <summary>Starts elt so that no file that it writes can grow beyond a number of blocks of 512 bytes. Unix only.</summary>
    public static EltProcess StartWithFileLimit(string workingDirectory, int blocks, string script)
    {
        // The signal that comes with the error would end any process. The second view of a page that .NET writes code to is a file that is
        // too long.
        var start = Describe("sh", workingDirectory);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$1\""));
        start.ArgumentList.Add(Executable);
        start.ArgumentList.Add(script);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new EltProcess(Process.Start(start)!);
    }

    /// <summary>Starts elt with environment variables besides those of the tests.</summary>
    /// <param name="workingDirectory">Its current folder.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="executable">A copy of elt; null for the one that was built.</param>
    public static EltProcess Start(
        string workingDirectory, IReadOnlyDictionary<string, string> environment, string[] arguments, string? executable = null)
    {
        executable ??= Executable;
        var start = Describe(executable, workingDirectory);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // A shell starts background jobs with SIGINT ignored, and nohup starts what it runs with SIGHUP ignored. Every child inherits that, and
        // would never see the signal.
        if (IgnoresSignals())
        {
            start.FileName = "env";
            start.ArgumentList.Insert(0, "--default-signal=INT,HUP");
            start.ArgumentList.Insert(1, executable);
        }

        return new EltProcess(Process.Start(start)!);
    }

    private static ProcessStartInfo Describe(string program, string workingDirectory) => new(program)
    {
        WorkingDirectory = workingDirectory,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    /// <summary>Runs elt to its end in the repository's root.</summary>
    public static Task<EltResult> RunAsync(params string[] arguments) => RunInAsync(RepositoryRoot, arguments);

    /// <summary>Runs elt to its end in a folder.</summary>
    public static async Task<EltResult> RunInAsync(string workingDirectory, params string[] arguments)
    {
        using var elt = Start(workingDirectory, arguments);
        return await elt.EndAsync();
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The next line of standard output.</summary>
    public async Task<string?> LineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends a signal, by its name without SIG. Unix only.</summary>
    public Task SignalAsync(string name) => SignalAsync(_process.Id, name);

    /// <summary>Sends a signal to a process that this one started.</summary>
    public static async Task SignalAsync(int process, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the process at once, without giving it a chance to do anything about it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for the end of the process. One that does not come to it fails the test, and does not keep the others from ending.</summary>
    public async Task<EltResult> EndAsync()
    {
        var ended = ReadToEndAsync();
        return await ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private async Task<EltResult> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await _errors;
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new EltResult(_process.ExitCode, output, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>The elt that was built in the same configuration as the tests: …/bin/Debug/net10.0/.</summary>
    public static string Executable { get; } = Path.Combine(
        RepositoryRoot,
        "src",
        "EltPs.Host",
        "bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
        "net10.0",
        OperatingSystem.IsWindows() ? "elt.exe" : "elt");

    private static string Metadata(string key) => typeof(EltProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    private static bool IgnoresSignals()
    {
        const int HangUp = 1 << 0;
        const int Interrupt = 1 << 1;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var mask = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[
            "SigIgn:".Length..
        ];
        return (Convert.ToUInt64(mask.Trim(), 16) & (HangUp | Interrupt)) != 0;
    }
}
