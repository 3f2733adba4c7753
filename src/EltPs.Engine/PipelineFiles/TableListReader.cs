using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Tables: what to build, in the file's order.</summary>
internal sealed class TableListReader(
    PipelineFileContext context,
    OptionReader options,
    SqlSyntax syntax,
    IReadOnlyDictionary<string, SqlValue> variables,
    ComplaintList complaints)
{
    private static readonly string[] KeysBefore = ["Schema", "Table", "Sql", "SqlFile"];
    private static readonly string[] KeysBehind = ["Tags"];
    private readonly string[] _keys = Keys(options.Options);
    private readonly SqlReader _sqlReader = new(context, complaints, syntax, variables);

    /// <summary>The keys that a table may have.</summary>
    public static string[] Keys(IEnumerable<TableOption> options) =>
        [.. KeysBefore, .. options.Select(option => option.Key), .. KeysBehind];

    /// <summary>The tables that were read, each with its keys.</summary>
    public List<(KeyedNode Node, TableDefinition Table)> Found { get; } = [];

    public IReadOnlyList<TableDefinition> Read(
        KeyedNode root, string pipeline, SessionSettings session, OptionValues forAll, AlertSettings alerts, TableNameBook book)
    {
        if (root.Find("Tables") is not { } entry)
        {
            complaints.Add(root.Node, "There are no tables to build; add Tables = @( @{ Schema = '…'; Table = '…'; Sql = '…' } ).");
            return [];
        }

        var items = entry.Value switch
        {
            ListNode list => list.Items,
            TableNode single => [single],
            _ => null,
        };
        if (items is null)
        {
            complaints.Add(entry.Value, $"Tables is {NodeValue.Describe(entry.Value)}; write a list of tables @( @{{ … }} ).");
            return [];
        }

        if (items.Count == 0)
        {
            complaints.Add(entry.Value, "Tables is empty; add at least one @{ Schema = '…'; Table = '…'; Sql = '…' }.");
        }

        return [.. items.Select(item => ReadOne(item, pipeline, session, forAll, alerts, book)).OfType<TableDefinition>()];
    }

    private TableDefinition? ReadOne(
        DataNode item, string pipeline, SessionSettings session, OptionValues forAll, AlertSettings alerts, TableNameBook book)
    {
        if (item is not TableNode node)
        {
            complaints.Add(item, $"An item of Tables is {NodeValue.Describe(item)}; write @{{ Schema = '…'; Table = '…'; Sql = '…' }}.");
            return null;
        }

        var table = new KeyedNode(node, _keys, complaints);
        var name = ReadName(table, book);
        var sql = _sqlReader.Read(table);
        var values = options.ReadTable(table, forAll);
        var tags = table.Texts("Tags");
        if (name is null || sql is not var (query, location))
        {
            return null;
        }

        var definition = new TableDefinition
        {
            Name = name,
            Query = query.Template,
            Variables = query.Variables,
            Session = session,
            Options = values,
            Tags = tags,
            Pipeline = pipeline,
            Alerts = alerts,
            Location = location,
        };
        Found.Add((table, definition));
        return definition;
    }

    private TableName? ReadName(KeyedNode table, TableNameBook book)
    {
        var schema = ReadPart(table, "Schema", "a schema name; write 'schema' or 'database.schema'", text =>
            TableName.TryCreate(text, "t", out _));
        var last = ReadPart(table, "Table", "a table name; write it", text => Identifier.TryParse(text, out _));
        if (schema is null || last is null || !TableName.TryCreate(schema, last, out var name))
        {
            return null;
        }

        var place = table.Find("Table")!.Value;
        book.AddTable(name, place.Line, place.Column);
        return name;
    }

    private string? ReadPart(KeyedNode table, string key, string what, Func<string, bool> isValid)
    {
        if (table.Find(key) is null)
        {
            complaints.Add(table.Node, $"The table has no {key}; add {key} = '…'.");
            return null;
        }

        if (table.Text(key) is not { Value: string text } node)
        {
            return null;
        }

        if (isValid(text))
        {
            return text;
        }

        complaints.Add(
            node,
            $"{ComplaintList.Show(text)} is not {what} in letters, digits and _, or in double quotes inside the single ones.");
        return null;
    }
}
