using EltPs.Engine.Files;
using EltPs.Engine.Names;

namespace EltPs.Engine.PipelineFiles;

/// <summary>The names that a file takes, by the warehouse's own rules; complains if two of them are the same.</summary>
internal sealed class TableNameBook(IdentifierRules rules, ComplaintList complaints)
{
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    public void AddSource(TableName name, int line, int column) => Take(name, $"the source {name} (line {line})", line, column);

    public void AddTable(TableName name, int line, int column)
    {
        if (name.Staging.Table.Text.Length > rules.MaximumLength)
        {
            complaints.Add(
                line,
                column,
                $"The table's name is too long: with {TableName.StagingPrefix} in front it has {name.Staging.Table.Text.Length} "
                    + $"characters, and the warehouse takes {rules.MaximumLength}; shorten it.");
            return;
        }

        if (Take(name, $"the table {name} (line {line})", line, column))
        {
            Take(name.Staging, $"the staging table of {name} (line {line})", line, column);
        }
    }

    private bool Take(TableName name, string what, int line, int column)
    {
        var key = rules.Key(name);
        if (_taken.TryAdd(key, what))
        {
            return true;
        }

        complaints.Add(line, column, $"The name {name} of {what} is taken by {_taken[key]}; rename one.");
        return false;
    }
}
