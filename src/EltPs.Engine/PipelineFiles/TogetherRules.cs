using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>What a file with PublishTogether must not say if its warehouse cannot roll back what it builds and swaps.</summary>
/// <param name="warehouse">The warehouse's type, as a connection names it.</param>
/// <param name="dialect">Its SQL.</param>
/// <param name="complaints">Takes the complaints.</param>
internal sealed class TogetherRules(string warehouse, IDialect dialect, ComplaintList complaints)
{
    private readonly IdentifierRules _names = dialect.Identifiers;

    /// <summary>Complains about tables that read each other, and about clones.</summary>
    /// <param name="root">The file's keys.</param>
    /// <param name="tables">Its tables, each with its keys.</param>
    public void Check(KeyedNode root, IReadOnlyList<(KeyedNode Node, TableDefinition Table)> tables)
    {
        if (dialect.HasTransactionalDdl)
        {
            return;
        }

        foreach (
            var entry in tables
                .Where(table => table.Table.Publish == PublishMethod.Clone)
                .Select(table => table.Node.Find("Publish") ?? root.Find("Publish")!)
                .Distinct())
        {
            complaints.Add(
                entry.Value,
                $"A clone leaves nothing to go back to, and with PublishTogether a table on {warehouse} may have to go back; write Publish "
                    + "= 'Swap', or take PublishTogether out.");
        }

        var names = tables.Select(table => table.Table.Name).ToLookup(name => _names.Fold(name.Table), StringComparer.Ordinal);
        foreach (var (_, table) in tables)
        {
            if (FirstRead(table, names) is (var read, var offset))
            {
                complaints.Add(
                    TextPosition.In(table.Location!, table.Sql.AsSpan(0, offset)),
                    $"{table.Name} reads {read}, which this file builds too: with PublishTogether {warehouse} builds all tables before it "
                        + "publishes any, so it would read the old rows. "
                        + $"Move {table.Name} to a file of its own that runs after this one, write the query of {read} into it, or take "
                        + "PublishTogether out.");
            }
        }
    }

    private (TableName Read, int Offset)? FirstRead(TableDefinition table, ILookup<string, TableName> all)
    {
        foreach (var mention in TableMentions.Of(table.Query.Shape, dialect.Syntax, _names.Fold))
        {
            if (all[_names.Fold(mention.Parts[^1])].FirstOrDefault(name => name != table.Name && Is(mention.Parts, name)) is { } read)
            {
                return (read, mention.Offset);
            }
        }

        return null;
    }

    // The last part is the same already. A part that one of both leaves out is the session's own, which may be the same.
    private bool Is(IReadOnlyList<Identifier> parts, TableName name) => parts switch
    {
        [_] => true,
        [var schema, _] => IsSame(schema, name.Schema),
        [var database, var schema, _] => IsSame(schema, name.Schema) && (name.Database is not { } own || IsSame(database, own)),
        _ => false,
    };

    private bool IsSame(Identifier one, Identifier other) => _names.Fold(one) == _names.Fold(other);
}
