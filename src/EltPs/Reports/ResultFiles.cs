using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Reports;
using EltPs.Engine.Runs;
using EltPs.Errors;

namespace EltPs.Reports;

/// <summary>
/// The result files of one invocation: keeps what became of each pipeline file, and writes it once, when all have ended or when the
/// pipeline is stopped.
/// </summary>
internal sealed class ResultFiles
{
    private readonly List<(string Path, Action<RunReport, Stream> Write)> _files = [];
    private readonly List<RunResult> _runs = [];
    private readonly List<ReportedRefusal> _refusals = [];
    private readonly TimeProvider _time;
    private readonly Func<string, string> _fullPath;
    private bool _isWritten;

    private ResultFiles(TimeProvider time, Func<string, string> fullPath)
    {
        _time = time;
        _fullPath = fullPath;
    }

    /// <summary>Gets ready, so that nothing runs whose result could not be written.</summary>
    /// <param name="resultPath">What -ResultPath said; null for nothing.</param>
    /// <param name="junitPath">What -JUnitPath said; null for nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fullPath">Makes a path absolute.</param>
    /// <param name="problem">Why there can be no such file; null if there can.</param>
    public static ResultFiles Open(
        string? resultPath,
        string? junitPath,
        TimeProvider time,
        Func<string, string> fullPath,
        out ErrorRecord? problem)
    {
        var reports = new ResultFiles(time, fullPath);
        problem = reports.Add(resultPath, "-ResultPath", JsonReport.Write) ?? reports.Add(junitPath, "-JUnitPath", JUnitReport.Write);
        return reports;
    }

    /// <summary>A file that had no run.</summary>
    public void Add(string path, EltException failure)
    {
        if (_files.Count > 0)
        {
            var (id, message) = (ErrorTable.Of(failure.Kind).Id, failure.In(CmdletWording.Instance).Message);
            _refusals.Add(new ReportedRefusal(Absolute(path), _time.GetUtcNow(), id, message)
            {
                IsCancellation = failure.Kind == EltErrorKind.Cancelled,
            });
        }
    }

    /// <summary>A run that has ended, in whatever way, or had nothing to do.</summary>
    public void Add(RunResult result)
    {
        if (_files.Count > 0)
        {
            _runs.Add(result);
        }
    }

    /// <summary>The same work; if it is stopped before a run began, that is kept too.</summary>
    public Func<IRunObserver, PipelinePump, CancellationToken, Task<RunResult>> Keep(
        PipelineDefinition pipeline,
        Func<IRunObserver, PipelinePump, CancellationToken, Task<RunResult>> work) =>
        async (observer, pump, cancellationToken) =>
    {
        var before = _runs.Count;
        try
        {
            return await work(observer, pump, cancellationToken);
        }
        catch (OperationCanceledException) when (_runs.Count == before)
        {
            // A run that has begun has a result.
            Add(pipeline.Path, new EltException(EltErrorKind.Cancelled, "stopped before its run began.") { Subject = pipeline.Name });
            throw;
        }
    };

    /// <summary>Writes the files, if nobody has yet.</summary>
    /// <returns>What kept one from being written.</returns>
    public IReadOnlyList<ErrorRecord> Write()
    {
        if (_isWritten)
        {
            return [];
        }

        _isWritten = true;
        var report = new RunReport(_runs, _refusals, kind => ErrorTable.Of(kind).Id);
        var problems = new List<ErrorRecord>();
        foreach (var (path, write) in _files)
        {
            try
            {
                ReportFile.Write(path, stream => write(report, stream));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(
                    EltErrors.Of(
                        ErrorIds.ResultNotWritten,
                        new IOException(
                            $"{path}: the result could not be written: {exception.Message} The runs have ended all the same; Get-EltRun "
                                + "shows them.",
                            exception),
                        path));
            }
        }

        return problems;
    }

    private ErrorRecord? Add(string? path, string parameter, Action<RunReport, Stream> write)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var file = _fullPath(path);
            if (_files.Exists(other => string.Equals(other.Path, file, StringComparison.OrdinalIgnoreCase)))
            {
                return Invalid("-ResultPath names the same file.", null);
            }

            ReportFile.Prepare(file);
            _files.Add((file, write));
            return null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or EltException or ArgumentException or NotSupportedException)
        {
            return Invalid(exception.Message, exception);
        }

        ErrorRecord Invalid(string why, Exception? inner) =>
            EltErrors.Of(
                ErrorIds.InvalidResultPath,
                new ArgumentException(
                    $"{parameter} '{path}': no result can be written there, so nothing was run: {why} Name a file in a folder that can be "
                        + "written.",
                    inner),
                path);
    }

    private string Absolute(string path)
    {
        try
        {
            return _fullPath(path);
        }
        catch (EltException)
        {
            // Of a drive that there is not.
            return path;
        }
    }
}
