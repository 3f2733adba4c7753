using EltPs.Engine.Definitions;
using EltPs.Engine.Files;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>What a file may say once for all of its tables, and a table for itself.</summary>
/// <param name="KeepPrevious">Whether the generation that is replaced is kept.</param>
/// <param name="Publish">How a table takes the published one's place.</param>
/// <param name="Transient">Whether a first build makes a transient table; null for no opinion.</param>
/// <param name="ClusterBy">The expressions that tables are clustered by.</param>
/// <param name="Timeout">How long a table may take.</param>
/// <param name="Retry">How often a table is attempted again.</param>
internal sealed record TableSettings(
    bool KeepPrevious, PublishMethod Publish, bool? Transient, IReadOnlyList<string> ClusterBy, TimeSpan Timeout, RetryRule Retry)
{
    /// <summary>The keys, which are the same in the file and in a table.</summary>
    public static readonly string[] Keys = ["KeepPrevious", "Publish", "Transient", "ClusterBy", "Timeout", "Retries", "RetryDelay"];

    /// <summary>What holds where nobody says otherwise.</summary>
    public static readonly TableSettings Default = new(
        KeepPrevious: true, PublishMethod.Swap, Transient: null, [], TableDefinition.DefaultTimeout, RetryRule.None);

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromDays(1);

    /// <summary>Reads them.</summary>
    /// <param name="node">The file's or the table's keys.</param>
    /// <param name="otherwise">What holds for the keys that are missing.</param>
    /// <param name="syntax">How the warehouse reads SQL.</param>
    /// <param name="complaints">Takes the complaints.</param>
    public static TableSettings Read(KeyedNode node, TableSettings otherwise, SqlSyntax syntax, ComplaintList complaints) => new(
        node.Flag("KeepPrevious", otherwise.KeepPrevious),
        node.Choice("Publish", otherwise.Publish),
        node.Find("Transient") is null ? otherwise.Transient : node.Flag("Transient", ifMissing: false),
        node.Find("ClusterBy") is null ? otherwise.ClusterBy : ReadClusterBy(node, syntax, complaints),
        node.Duration("Timeout", otherwise.Timeout, Deadline.Longest),
        new RetryRule(
            (int)node.WholeNumber("Retries", otherwise.Retry.Retries, RetryRule.MostRetries),
            node.Duration("RetryDelay", otherwise.Retry.Delay, LongestRetryDelay)));

    private static List<string> ReadClusterBy(KeyedNode node, SqlSyntax syntax, ComplaintList complaints)
    {
        var expressions = new List<string>();
        foreach (var text in node.Texts("ClusterBy"))
        {
            if (SqlText.IsExpressionList(text, syntax))
            {
                expressions.Add(text.Trim());
            }
            else
            {
                complaints.Add(
                    node.Find("ClusterBy")!.Value,
                    $"ClusterBy {ComplaintList.Show(text)} is no list of expressions; write the columns without brackets around them, such "
                        + "as 'month' or 'TO_DATE(ts), channel'.");
            }
        }

        return expressions;
    }
}
