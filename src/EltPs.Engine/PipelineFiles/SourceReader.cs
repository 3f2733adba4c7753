using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Sources: raw tables and the files that the embedded warehouse shows under their names.</summary>
internal static class SourceReader
{
    public static IReadOnlyList<SourceDefinition> Read(
        KeyedNode root, PipelineFileContext context, IWarehouseProvider provider, TableNameBook book, ComplaintList complaints)
    {
        if (root.Find("Sources") is not { } entry)
        {
            return [];
        }

        if (entry.Value is not TableNode table)
        {
            complaints.Add(entry.Value, $"Sources is {NodeValue.Describe(entry.Value)}; write @{{ 'schema.table' = 'data/file.csv' }}.");
            return [];
        }

        var sources = new List<SourceDefinition>();
        foreach (var item in table.Entries)
        {
            if (!TableName.TryParse(item.Key, out var name))
            {
                complaints.Add(
                    item.Line,
                    item.Column,
                    $"{ComplaintList.Show(item.Key)} is no table name; write 'schema.table' in letters, digits and _, or with parts in "
                        + "double quotes.");
                continue;
            }

            book.AddSource(name, item.Line, item.Column);
            if (NodeValue.Text(item.Value, $"The source {name}", complaints) is not { Value: string path })
            {
                continue;
            }

            var source = new SourceDefinition(name, path, context.Folder, complaints.At(item.Line, item.Column));
            if (provider.Validate(source) is { } problem)
            {
                complaints.Add(item.Value, problem);
            }

            sources.Add(source);
        }

        return sources;
    }
}
