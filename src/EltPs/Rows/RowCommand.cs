using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;
using EltPs.PipelineFiles;

namespace EltPs.Rows;

/// <summary>A cmdlet that writes rows of a warehouse and changes nothing there.</summary>
public abstract class RowCommand : EltCmdlet
{
    /// <summary>The most rows; the query ends when they are there.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long First { get; set; }

    /// <summary>
    /// How long it may take, with whatever takes the rows; a number is seconds, text is hh:mm:ss. Without it, as long as it takes.
    /// </summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; }

    /// <summary>Whether -First was given.</summary>
    private protected bool HasFirst => MyInvocation.BoundParameters.ContainsKey(nameof(First));

    /// <summary>
    /// The pipeline file that is meant: the one that is named, else, without a connection, the only one of the current folder.
    /// </summary>
    /// <param name="config">What -Config said; null for nothing.</param>
    /// <param name="connection">What -Connection said; null for nothing.</param>
    /// <returns>The file; null if only the connection is given.</returns>
    /// <exception cref="EltException">Neither is given, and there is no such file, or several.</exception>
    private protected string? PipelineFile(string? config, ConnectionArgument? connection) =>
        config is not null || connection is not null ? config
        : PipelineFileKind.In(CurrentFolder).Count > 0 ? "."
        : throw WhichWarehouse();

    /// <summary>A session that can do nothing but read.</summary>
    private protected static WarehouseSession ReadingSession(SessionSettings settings) =>
        new(settings, Provider(settings), SessionMode.Query);

    /// <summary>Writes the rows that work reads; a failure ends the cmdlet.</summary>
    /// <param name="activity">What the progress bar calls it.</param>
    /// <param name="target">What an error is about.</param>
    /// <param name="session">The session.</param>
    /// <param name="place">Gives an error its place in what was written.</param>
    /// <param name="read">The work.</param>
    private protected void WriteRows(
        string activity,
        object? target,
        WarehouseSession session,
        Func<EltException, EltException> place,
        Func<RowStep, RowStep.TakeAsync, CancellationToken, Task<long>> read) => Await(
        activity,
        target,
        async (observer, pump, cancellationToken) =>
        {
            var progress = new RowProgress(this, pump, observer, activity);
            var step = new RowStep(session, Time, progress)
            {
                Limit = Timeout > TimeSpan.Zero ? Timeout : System.Threading.Timeout.InfiniteTimeSpan,
            };
            try
            {
                return await progress.WhileAsync(read(step, new RowWriter(this, pump, progress).WriteAsync, cancellationToken));
            }
            catch (EltException failure)
            {
                throw place(failure);
            }
        });

    private static EltException WhichWarehouse() => new(
        EltErrorKind.InvalidConnection,
        "Which warehouse? Give -Config for the one that a pipeline file runs on, or -Connection: a name (Get-EltConnection lists them), "
            + "the path of a .duckdb file, or a table such as @{ Type = 'DuckDb'; Path = 'mau.duckdb' }.");
}
