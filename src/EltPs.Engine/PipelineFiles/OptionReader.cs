using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads the options of tables: those that a file sets for all of them, and those of a table.</summary>
/// <param name="options">The options that there are.</param>
/// <param name="syntax">How the file's warehouse reads SQL.</param>
/// <param name="complaints">Takes what is wrong.</param>
internal sealed class OptionReader(IReadOnlyList<TableOption> options, SqlSyntax syntax, ComplaintList complaints)
{
    /// <summary>The options that there are.</summary>
    public IReadOnlyList<TableOption> Options => options;

    /// <summary>What a file says for all tables.</summary>
    public OptionValues ReadFile(KeyedNode file) => Read(file, OptionValues.None, options.Where(option => option.IsForFile));

    /// <summary>What a table says for itself, and what its file says where the table does not.</summary>
    public OptionValues ReadTable(KeyedNode table, OptionValues forAll) => Read(table, forAll, options);

    private OptionValues Read(KeyedNode node, OptionValues values, IEnumerable<TableOption> known)
    {
        List<TableOption>? written = null;
        foreach (var option in known)
        {
            if (node.Find(option.Key) is { } entry
                && option.TryParse(new OptionNode(option.Key, entry.Value, syntax, complaints), out var value))
            {
                values = values.Set(option, value);
                (written ??= []).Add(option);
            }
        }

        foreach (var option in written ?? [])
        {
            if (option.Rule?.Invoke(values) is { } problem)
            {
                complaints.Add(node.Find(option.Key)!.Value, problem);
            }
        }

        return values;
    }
}
