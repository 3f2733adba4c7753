using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Schedulers;

/// <summary>The command line that a scheduler starts.</summary>
public sealed record ScheduledCommand
{
    /// <summary>The pipeline file, as an absolute path.</summary>
    public required string Config { get; init; }

    /// <summary>The state folder, as an absolute path.</summary>
    public required string StatePath { get; init; }

    /// <summary>What runs the line.</summary>
    public required SchedulerShell Shell { get; init; }

    /// <summary>The executable, as an absolute path.</summary>
    public required string ShellPath { get; init; }

    /// <summary>The module's manifest, if PowerShell does not find it by itself; else null.</summary>
    public string? ModulePath { get; init; }

    /// <summary>What DOTNET_ROOT has to be for the executable to find .NET; null for nothing.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>What PATH has to be for the executable to find .NET; null for what the scheduler has.</summary>
    public string? SearchPath { get; init; }

    /// <summary>Whether the paths are those of Windows.</summary>
    public bool IsWindows { get; init; }

    /// <summary>The folder to start in: the pipeline file's.</summary>
    public string Folder
    {
        get
        {
            var slash = Config.LastIndexOfAny(IsWindows ? ['/', '\\'] : ['/']);
            var isRoot = slash == 0 || (IsWindows && slash == 2);
            return Config[..(isRoot ? slash + 1 : slash)];
        }
    }

    /// <summary>What has to be in the environment of the executable.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Environment
    {
        get
        {
            if (DotnetRoot is not null)
            {
                yield return new("DOTNET_ROOT", DotnetRoot);
            }

            if (SearchPath is not null)
            {
                yield return new("PATH", SearchPath);
            }

            // It colours its errors in a log as well (about_ANSI_Terminals, "Disabling ANSI output").
            if (Shell == SchedulerShell.PowerShell)
            {
                yield return new("NO_COLOR", "1");
            }
        }
    }

    /// <summary>The line as PowerShell reads it.</summary>
    /// <param name="more">What stands behind it; empty for nothing.</param>
    /// <param name="isUnsafe">Which letters of a path must not be seen by whoever passes the line on; null for none.</param>
    internal string Script(string more = "", Func<char, bool>? isUnsafe = null)
    {
        var import = ModulePath is null ? string.Empty : $"Import-Module {Quote(ModulePath)}; ";
        // elt ends with these exit codes by itself.
        var exit = Shell == SchedulerShell.PowerShell ? " -Exit" : string.Empty;
        return $"{import}Invoke-EltPipeline -Config {Quote(Config)} -Scheduled -StatePath {Quote(StatePath)}{more}{exit}";

        string Quote(string text) => PowerShellLiteral.Quote(text, isUnsafe);
    }

    /// <summary>What the executable is given to run a line. One argument holds the whole line, so that nobody joins it anew.</summary>
    internal IReadOnlyList<string> Arguments(string script) =>
        Shell == SchedulerShell.Elt ? [script] : ["-NoProfile", "-NonInteractive", "-Command", script];

    /// <exception cref="EltException">A path has a letter that ends a line.</exception>
    internal void EnsureOneLine()
    {
        foreach (var path in new[] { Config, StatePath, ShellPath, ModulePath, DotnetRoot, SearchPath })
        {
            if (path?.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029') ?? false)
            {
                throw Refuse(path, "it has a control character, such as a line break");
            }
        }
    }

    /// <summary>The error for a path that a format cannot hold.</summary>
    internal static EltException Refuse(string path, string why) => new(
        EltErrorKind.NotExportable,
            $"'{string.Concat(path.Select(letter => char.IsControl(letter) ? '?' : letter))}' cannot be written into the scheduler's file: "
                + $"{why}. Rename it, or choose another format.");
}
