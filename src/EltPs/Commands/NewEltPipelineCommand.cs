using System.Globalization;
using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.DataFiles;
using EltPs.Engine.Alerts;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Warehouses;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.PipelineFiles;

namespace EltPs.Commands;

/// <summary>Writes a pipeline file to begin with: it runs as it is, and a comment tells of every key.</summary>
[Cmdlet(VerbsCommon.New, "EltPipeline", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class NewEltPipelineCommand : EltCmdlet
{
    private const string Extension = ".psd1";

    /// <summary>The file to write; <c>.psd1</c> is added to a name without it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The pipeline's name; without it the file's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The schema of the example table.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Schema { get; set; } = "analytics";

    /// <summary>The name of the example table.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Table { get; set; } = "example";

    /// <summary>A preset such as <c>@daily</c>, or a cron expression of five fields.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScheduleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Schedule { get; set; } = "@daily";

    /// <summary>The first day, <c>yyyy-MM-dd</c>; without it today in UTC, the file's zone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StartDate { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var path = Guard(Path, Target);
        var text = Guard(Path, () => Text(path));
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(path)))
        {
            Fail(
                new DirectoryNotFoundException(
                    $"{path}: the folder {System.IO.Path.GetDirectoryName(path)} does not exist; make it, or name a file in another one."),
                ErrorIds.FolderMissing,
                path);
        }

        if (File.Exists(path) && !Force)
        {
            Fail(Taken(path), ErrorIds.FileExists, path);
        }

        if (ShouldProcess(path, "Write a pipeline file"))
        {
            Write(path, text);
            var written = new PSObject(new FileInfo(path));
            // Its view says what comes next.
            written.TypeNames.Insert(0, "EltPs.PipelineFile");
            WriteObject(written);
        }
    }

    private string Target()
    {
        string path;
        try
        {
            path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
            if (provider.Name != "FileSystem")
            {
                throw new EltException(
                    EltErrorKind.InvalidPipelineFile,
                    $"{Path}: a pipeline file is written into a folder; {provider.Name} has none.");
            }
        }
        catch (SessionStateException missing)
        {
            throw new EltException(EltErrorKind.InvalidPipelineFile, $"{Path}: {missing.Message}", missing);
        }

        return System.IO.Path.GetExtension(path) switch
        {
            _ when System.IO.Path.EndsInDirectorySeparator(path) || Directory.Exists(path) => throw new EltException(
                EltErrorKind.InvalidPipelineFile,
                $"{Path}: this is a folder; name a file in it."),
            "" or "." => path.TrimEnd('.') + Extension,
            var extension when extension.Equals(Extension, StringComparison.OrdinalIgnoreCase) => path,
            var extension => throw new EltException(
                EltErrorKind.InvalidPipelineFile,
                $"{Path}: a pipeline file ends with {Extension}, and this ends with {extension}; write {Path}{Extension}, or a name "
                    + "without a dot."),
        };
    }

    private string Text(string path)
    {
        var file = new NewPipelineFile
        {
            FileName = System.IO.Path.GetFileName(path),
            Name = Name ?? System.IO.Path.GetFileNameWithoutExtension(path),
            Table = ParseName(Schema, Table),
            Schedule = Schedule,
            Options = WarehouseLoader.Registry.TableOptions(),
            StartDate = StartDate ?? Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };

        // In a comment too, a line break would end it.
        if (file.FileName.Any(char.IsControl))
        {
            throw new EltException(
                EltErrorKind.InvalidPipelineFile,
                "The file's name has a line break or another control character; choose another one.");
        }

        // They are signs of a file's name where Windows does not forbid it; but -Config '*.psd1' would then mean this file alone, and no
        // other.
        if (file.FileName.AsSpan().ContainsAny('*', '?'))
        {
            throw new EltException(
                EltErrorKind.InvalidPipelineFile,
                $"{file.FileName}: * and ? stand for other names where a pipeline file is named; choose a name without them.");
        }

        var text = file.ToText();
        try
        {
            _ = PipelineFileReader.Read(
                DataFileReader.ReadText(path, text),
                new PipelineFileContext(path, path, WarehouseLoader.Registry, AlertChannels.Default.Keys));
            return text;
        }
        catch (EltException failure) when (failure.Complaints.Count > 0)
        {
            // The file is not there, so that a place in it would help nobody: each complaint names the key, as the parameter is called.
            throw new EltException(
                EltErrorKind.InvalidPipelineFile,
                $"{path} was not written: {string.Join('\n', failure.Complaints.Select(complaint => complaint.Message))}",
                failure);
        }
    }

    private void Write(string path, string text)
    {
        try
        {
            if (Force)
            {
                // Of what was there nothing is lost if the disk is full.
                WholeFile.Write(path, text);
                return;
            }

            // Another may have written it meanwhile: only the file system knows.
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(file);
            writer.Write(text);
        }
        catch (IOException) when (!Force && File.Exists(path))
        {
            Fail(Taken(path), ErrorIds.FileExists, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(new IOException($"{path} was not written: {failure.Message}", failure), ErrorIds.FileNotWritten, path);
        }
    }

    private static IOException Taken(string path) =>
        new($"{path} is there already and was not touched; choose another name, or replace it with -Force.");

    private void Fail(Exception failure, string id, string path) =>
        ThrowTerminatingError(EltErrors.Of(id, failure, path));
}
