using System.Management.Automation;
using System.Text;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Schedulers;
using EltPs.Engine.Scheduling;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.Schedulers;

namespace EltPs.Commands;

/// <summary>Writes the file that makes a scheduler start a pipeline when it is due. Installs nothing.</summary>
[Cmdlet(VerbsData.Export, "EltSchedule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(EltExportedSchedule))]
public sealed class ExportEltScheduleCommand : EltCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>
    /// Pipeline files, with or without .psd1; wildcards allowed. Each gets a file of its own. A folder means its only pipeline file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>What is piped: paths, files, or objects with a path.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The scheduler to write for.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SchedulerFormatTransformation]
    [ArgumentCompleter(typeof(SchedulerFormatCompleter))]
    public SchedulerFormat? Format { get; set; }

    /// <summary>The file to write, or a folder; for systemd the units' name without their endings.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>What runs the command; without it, what runs now.</summary>
    [Parameter]
    public SchedulerShell? Shell { get; set; }

    /// <summary>The shell's executable.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ShellPath { get; set; }

    /// <summary>The state folder of the scheduled runs, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>The zone of the clock by which the machine's cron starts, if it is another machine.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? MachineTimeZone { get; set; }

    /// <summary>Replaces files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var thisMachine = OperatingSystem.IsWindows() ? SchedulerMachine.Windows : SchedulerMachine.Unix;
        if (Format!.Machine is not SchedulerMachine.Any && Format.Machine != thisMachine)
        {
            WriteWarning(
                $"{Format} does not start anything on this machine, and all paths in the file are this machine's; export on the machine "
                    + "that is to run the pipeline.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (PipedInput.Refusal(InputObject) is { } refusal)
        {
            WriteError(EltErrors.InvalidInput($"Export-EltSchedule takes pipeline files, and this is {refusal}.", InputObject));
            return;
        }

        foreach (var config in Config)
        {
            foreach (var path in Guard(config, () => Resolve(config)))
            {
                try
                {
                    Export(ReadPipeline(path, connection: null));
                }
                catch (EltException failure)
                {
                    // The other files are still worth theirs.
                    WriteError(failure.ToRecord(path));
                }
            }
        }
    }

    private void Export(PipelineDefinition pipeline)
    {
        var schedule = Schedule.Require(pipeline);
        var target = Target(pipeline.Path);
        if (target is null || Command(pipeline.Path) is not { } command || Zone() is not { } zone)
        {
            return;
        }

        var export = SchedulerFiles.Of(Format!, new PipelineStart
        {
            Pipeline = pipeline,
            Schedule = schedule,
            Command = command,
            Name = Format!.Units.Count > 0 ? System.IO.Path.GetFileName(target) : PipelineStart.NameFor(pipeline.Path),
            Path = target,
            MachineZone = zone,
            FirstYear = Time.GetUtcNow().Year,
        });
        if (export.Files.Any(file => !MayWrite(file)) || !Write(pipeline, export))
        {
            return;
        }

        WriteObject(new EltExportedSchedule(new ExportedSchedule
        {
            Pipeline = pipeline.Name,
            Format = Format.Name,
            Path = [.. export.Files.Select(file => file.Path)],
            StartsOnlyWhenDue = export.StartsOnlyWhenDue,
            Install = export.Install,
        }));
    }

    private string? Target(string config)
    {
        var chosen = Path is null ? null : FullPath(Path);
        var isFolder = chosen is not null && (Directory.Exists(chosen) || System.IO.Path.EndsInDirectorySeparator(Path!));
        var target = ExportPath.Of(Format!, config, chosen, isFolder);
        if (System.IO.Path.GetExtension(target).Equals(".psd1", StringComparison.OrdinalIgnoreCase))
        {
            // With -Force it would be the end of somebody's pipeline.
            WriteError(
                EltErrors.InvalidInput(
                    $"{target}: that is the name of a pipeline file; give -Path another name, or a folder.",
                    target));
            return null;
        }

        if (Format!.Units.Count == 0 || PipelineStart.IsName(System.IO.Path.GetFileName(target)))
        {
            return target;
        }

        WriteError(EltErrors.InvalidInput(
            $"'{System.IO.Path.GetFileName(target)}' cannot name a unit of {Format}; give -Path a name of ASCII letters, "
                + "digits, '.', '_' and '-'.",
            target));
        return null;
    }

    private ScheduledCommand? Command(string config)
    {
        var shell = ShellChoice.Of(
            Shell,
            ShellPath is null ? null : FullPath(ShellPath),
            Host.Name,
            SessionState.PSVariable.GetValue("PSHOME") as string);
        if (shell.Path is null)
        {
            WriteError(EltErrors.InvalidInput(
                $"Where is the executable of {shell.Shell}? Give it with -ShellPath.",
                shell.Shell));
            return null;
        }

        if (!File.Exists(shell.Path))
        {
            WriteWarning($"{shell.Path}: there is no such file on this machine.");
        }

        var state = State(config, StatePath).FullPath;
        if (File.Exists(state))
        {
            WriteError(
                EltErrors.InvalidInput(
                    $"{state} is a file, and no run could leave its state there; give -StatePath a folder.",
                    state));
            return null;
        }

        return new ScheduledCommand
        {
            Config = config,
            StatePath = state,
            Shell = shell.Shell,
            ShellPath = shell.Path,
            ModulePath = shell.Shell == SchedulerShell.PowerShell ? ShellChoice.Manifest(MyInvocation.MyCommand.Module) : null,
            DotnetRoot =
                OperatingSystem.IsWindows() ? null
                : Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? root
                : null,
            SearchPath = shell.SearchPath(),
            IsWindows = OperatingSystem.IsWindows(),
        };
    }

    private TimeZoneInfo? Zone()
    {
        if (MachineTimeZone is null)
        {
            return TimeZoneInfo.Local;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(MachineTimeZone, out var zone))
        {
            return zone;
        }

        WriteError(
            EltErrors.InvalidInput(
                $"There is no time zone '{MachineTimeZone}'; write an IANA name such as 'Europe/Berlin'.",
                MachineTimeZone));
        return null;
    }

    private bool MayWrite(SchedulerFile file)
    {
        if (_written.Contains(file.Path))
        {
            WriteError(EltErrors.InvalidInput(
                $"{file.Path} holds another pipeline's schedule since a moment ago; give -Path a folder, so that each pipeline gets a file "
                    + "of its own.",
                file.Path));
            return false;
        }

        if (System.IO.Path.GetDirectoryName(file.Path) is { } folder && !Directory.Exists(folder))
        {
            WriteError(
                EltErrors.Of(
                    ErrorIds.FolderMissing,
                    new DirectoryNotFoundException(
                        $"{file.Path}: the folder {folder} does not exist; make it, or name another one with -Path."),
                    file.Path));
            return false;
        }

        if (!File.Exists(file.Path) || Force)
        {
            return true;
        }

        WriteError(
            EltErrors.Of(
                ErrorIds.FileExists,
                new IOException($"{file.Path} is there already; give -Force to replace it, or -Path for another place."),
                file.Path));
        return false;
    }

    private bool Write(PipelineDefinition pipeline, SchedulerFiles export)
    {
        var description = string.Join('\n', export.Files.Select(file => $"-- {file.Path}\n{file.Text}"));
        if (!ShouldProcess(description, $"Write {string.Join(" and ", export.Files.Select(file => file.Path))}?", pipeline.Name))
        {
            return false;
        }

        foreach (var file in export.Files)
        {
            try
            {
                var encoding = file.IsUtf16 ? Encoding.Unicode : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
                WholeFile.Write(file.Path, stream => stream.Write([.. encoding.GetPreamble(), .. encoding.GetBytes(file.Text)]));
                _written.Add(file.Path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                WriteError(
                    EltErrors.Of(
                        ErrorIds.FileNotWritten,
                        new IOException($"{file.Path} could not be written: {failure.Message}", failure),
                        file.Path));
                return false;
            }
        }

        return true;
    }
}
