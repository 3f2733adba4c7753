using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The options of tables that only Snowflake has.</summary>
internal static class SnowflakeTableOptions
{
    /// <summary>
    /// Whether a first build makes a transient table; later builds have the published table's own kind. Null for no opinion.
    /// </summary>
    public static TableOption<bool?> Transient { get; } = new("Transient", null, OptionParsers.Optional<bool>(OptionParsers.Flag))
    {
        IsForFile = true,
        Hash = HashRule.At(HashSlot.Kind),
        Help = new(
            "`$true` or `$false`: whether the first build makes a transient table. Later builds keep the kind of the published table. For "
                + "Snowflake; elsewhere it has no meaning.",
            Example: "$true",
            Hint: "Snowflake: whether a first build makes a transient table.")
        {
            Without = "a permanent table",
        },
    };

    /// <summary>The expressions that a table is clustered by; empty for none.</summary>
    public static TableOption<IReadOnlyList<string>> ClusterBy { get; } = new("ClusterBy", [], Expressions)
    {
        IsForFile = true,
        Hash = HashRule.At(HashSlot.Clustering),
        Help = new(
            "A text or a list of texts: the columns or expressions that the table is clustered by, without brackets around them. For "
                + "Snowflake; elsewhere it has no meaning.",
            Example: "'answer'",
            Hint: "Snowflake: what the tables are clustered by.")
        {
            Without = "none",
        },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableOption> All { get; } = [Transient, ClusterBy];

    // They are written into the statement as they are.
    private static bool Expressions(OptionNode node, out IReadOnlyList<string> value)
    {
        var texts = NodeValue.Texts(node.Value, node.Key, node.Complaints);
        foreach (var text in texts.Where(text => !SqlText.IsExpressionList(text, node.Syntax)))
        {
            node.Complaints.Add(
                node.Value,
                $"{node.Key} {ComplaintList.Show(text)} is no list of expressions; write the columns without brackets around them, such "
                    + "as 'month' or 'TO_DATE(ts), channel'.");
        }

        value = [.. texts.Select(text => text.Trim())];
        return true;
    }
}
