using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads a table's Sql or SqlFile.</summary>
internal sealed class SqlReader(
    PipelineFileContext context,
    ComplaintList complaints,
    SqlSyntax syntax,
    IReadOnlyDictionary<string, SqlValue> variables)
{
    /// <summary>The query and the place where it begins; null after a complaint.</summary>
    public (TemplateQuery Query, SourceLocation Location)? Read(KeyedNode table)
    {
        var inline = table.Find("Sql");
        var file = table.Find("SqlFile");
        if (inline is not null && file is not null)
        {
            complaints.Add(file.Line, file.Column, "The table has both Sql and SqlFile; remove one.");
            return null;
        }

        if (file is not null)
        {
            return table.Text("SqlFile") is { } path ? ReadFile(path, file) : null;
        }

        if (inline is null)
        {
            complaints.Add(table.Node, "The table has no SQL; add Sql = @'…'@ or SqlFile = 'file.sql'.");
            return null;
        }

        return table.Text("Sql") is { Value: string sql } node
            ? Check(sql, new SourceLocation(context.File, node.TextLine, node.TextColumn))
            : null;
    }

    private (TemplateQuery Query, SourceLocation Location)? ReadFile(ScalarNode node, TableEntry entry)
    {
        var written = (string)node.Value!;
        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(context.Folder, written));
        }
        catch (ArgumentException)
        {
            complaints.Add(node, $"{ComplaintList.Show(written)} is no path; write a file's path.");
            return null;
        }

        // The path is shown as the file's author wrote it: it is they who look for it.
        var text = TextFile.Read(path, (line, column, message) =>
        {
            var place = line == 0 ? string.Empty : $"({line},{column})";
            complaints.Add(entry.Line, entry.Column, $"SqlFile {ComplaintList.Show(written)}{place}: {message}");
        });
        return text is null ? null : Check(text, new SourceLocation(written, 1, 1));
    }

    private (TemplateQuery Query, SourceLocation Location)? Check(string text, SourceLocation start)
    {
        if (TemplateQuery.TryParse(text, syntax, variables, out var query, out var problems))
        {
            return (query, start);
        }

        foreach (var problem in problems)
        {
            complaints.Add(TextPosition.In(start, text.AsSpan(0, problem.Offset)), problem.Message);
        }

        return null;
    }
}
