using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Engine.Warehouses;

namespace EltPs.Rows;

/// <summary>Writes rows as they come; the query waits as long as the pipeline behind it works.</summary>
/// <param name="cmdlet">Who writes them.</param>
/// <param name="pump">Reaches the pipeline thread.</param>
/// <param name="progress">Told of the rows.</param>
internal sealed class RowWriter(Cmdlet cmdlet, PipelinePump pump, RowProgress progress)
{
    private RowObjects? _objects;
    private bool _hasToldOfCuts;

    /// <summary>Writes rows.</summary>
    /// <param name="reader">Where they come from.</param>
    /// <param name="rows">The rows.</param>
    public Task WriteAsync(IRowReader reader, IReadOnlyList<object?[]> rows) => pump.InvokeAsync(() =>
    {
        var objects = _objects ??= Begin(reader.Columns);
        foreach (var row in rows)
        {
            cmdlet.WriteObject(objects.Of(row));
            progress.Rows++;
        }

        TellOfCuts(reader);
        return true;
    });

    private RowObjects Begin(IReadOnlyList<RowColumn> columns)
    {
        var (names, renamed) = RowProperties.Of([.. columns.Select(column => column.Name)]);
        foreach (var sentence in renamed)
        {
            cmdlet.WriteWarning(sentence);
        }

        return new RowObjects(names);
    }

    private void TellOfCuts(IRowReader reader)
    {
        if (!_hasToldOfCuts && reader.CutColumns.Count > 0)
        {
            _hasToldOfCuts = true;
            var columns = string.Join(", ", reader.CutColumns.Select(column => reader.Columns[column].Name));
            cmdlet.WriteWarning(
                $"Times of {columns} have digits below 100 nanoseconds, which .NET has no room for; they were cut off. CAST(… AS VARCHAR) "
                    + "gives all digits as text.");
        }
    }
}
