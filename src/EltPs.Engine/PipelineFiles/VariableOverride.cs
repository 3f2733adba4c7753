using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Templates;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Gives a pipeline's variables other values, for one run.</summary>
internal static class VariableOverride
{
    private const int MostShown = 20;

    /// <summary>The pipeline, and its tables, with these values instead of the file's.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="given">Names, in any case, and values: what <see cref="SqlValue.TryCreate"/> takes, or <see cref="SqlValue"/>.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.InvalidVariable"/>: a name is not in the file, so that nothing would use it; or SQL cannot hold a value.
    /// </exception>
    public static PipelineDefinition Apply(PipelineDefinition pipeline, IEnumerable<KeyValuePair<string, object?>> given)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(given);
        var values = new Dictionary<string, SqlValue>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        foreach (var (name, value) in given)
        {
            if (!pipeline.Variables.ContainsKey(name))
            {
                problems.Add(Unknown(pipeline, name));
            }
            else if (!SqlValue.TryCreate(value, out var made, out var problem))
            {
                problems.Add($"The variable {name} is {problem}.");
            }
            else if (VariableRule.ValueProblem(made) is { } reason)
            {
                problems.Add($"The variable {name} {reason}.");
            }
            else if (!values.TryAdd(name, made))
            {
                problems.Add($"The variable {name} is given twice; give it once.");
            }
        }

        if (problems.Count > 0)
        {
            throw new EltException(EltErrorKind.InvalidVariable, string.Join('\n', problems)) { Subject = pipeline.Name };
        }

        return pipeline with
        {
            Variables = Replace(pipeline.Variables, values),
            GivenVariables = [.. pipeline.GivenVariables.Union(values.Keys, StringComparer.OrdinalIgnoreCase)],
            Tables = [.. pipeline.Tables.Select(table => table with { Variables = Replace(table.Variables, values) })],
        };
    }

    private static Dictionary<string, SqlValue> Replace(IReadOnlyDictionary<string, SqlValue> old, Dictionary<string, SqlValue> values) =>
        old.ToDictionary(pair => pair.Key, pair => values.GetValueOrDefault(pair.Key) ?? pair.Value, StringComparer.OrdinalIgnoreCase);

    private static string Unknown(PipelineDefinition pipeline, string name)
    {
        var shown = ComplaintList.Show(name);
        if (RunValues.IsName(name))
        {
            return $"{shown} is a value of the run itself and no variable; it cannot be given.";
        }

        return pipeline.Variables.Count == 0
            ? $"There is no variable {shown}: the file has no Variables. Add Variables = @{{ "
                + $"{(VariableRule.NameProblem(name) is null ? name : "name")} = … }} to it."
            : $"There is no variable {shown}; the file's are {string.Join(", ", pipeline.Variables.Keys.Take(MostShown))}.";
    }
}
