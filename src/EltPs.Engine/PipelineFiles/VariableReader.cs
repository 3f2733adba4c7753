using EltPs.Engine.Files;
using EltPs.Engine.Templates;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Variables: values of the pipeline's own that its SQL may ask for by name.</summary>
internal static class VariableReader
{
    /// <summary>The key.</summary>
    public const string Key = "Variables";

    // Stands for a value that has a complaint: as text it can stand anywhere, so that the SQL gets no second one.
    private static readonly SqlValue Unusable = SqlValue.TryCreate(string.Empty, out var empty, out _) ? empty : SqlValue.Null;

    public static IReadOnlyDictionary<string, SqlValue> Read(KeyedNode root, ComplaintList complaints)
    {
        if (root.Find(Key) is not { } entry)
        {
            return TemplateQuery.NoVariables;
        }

        if (entry.Value is not TableNode table)
        {
            complaints.Add(entry.Value, $"{Key} is {NodeValue.Describe(entry.Value)}; write @{{ name = 'value' }}.");
            return TemplateQuery.NoVariables;
        }

        var variables = new Dictionary<string, SqlValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in table.Entries)
        {
            if (VariableRule.NameProblem(item.Key) is { } problem)
            {
                complaints.Add(item.Line, item.Column, $"{ComplaintList.Show(item.Key)} {problem}.");
            }

            // A value that is wrong has its complaint; the name is there all the same, so that the SQL gets none for it.
            if (!variables.TryAdd(item.Key, ReadValue(item, complaints)))
            {
                complaints.Add(item.Line, item.Column, $"The variable {ComplaintList.Show(item.Key)} is here twice; remove one.");
            }
        }

        return variables;
    }

    private static SqlValue ReadValue(TableEntry item, ComplaintList complaints)
    {
        var name = ComplaintList.Show(item.Key);
        var nodes = item.Value is ListNode list ? list.Items : [item.Value];
        foreach (var node in nodes)
        {
            if (node is not ScalarNode { Value: not null })
            {
                complaints.Add(
                    node,
                    $"The variable {name} {(item.Value is ListNode ? "has an item that is" : "is")} {NodeValue.Describe(node)}; write "
                        + "text, a number, $true or $false, or a list of those.");
                return Unusable;
            }

            // A whole number that a 64-bit integer does not hold came as the nearest double.
            if (node is ScalarNode { Value: double number } && double.IsInteger(number) && Math.Abs(number) >= long.MaxValue)
            {
                complaints.Add(
                    node,
                    $"The variable {name} is too big a number to be kept exactly; write it as text, and CAST({{{{ {item.Key} }}}} AS …) in "
                        + "the SQL.");
                return Unusable;
            }
        }

        object value = item.Value is ListNode ? nodes.Select(node => ((ScalarNode)node).Value).ToArray() : ((ScalarNode)item.Value).Value!;
        if (!SqlValue.TryCreate(value, out var made, out var problem))
        {
            complaints.Add(item.Value, $"The variable {name} is {problem}.");
            return Unusable;
        }

        if (VariableRule.ValueProblem(made) is { } reason)
        {
            complaints.Add(item.Value, $"The variable {name} {reason}.");
        }

        return made;
    }
}
