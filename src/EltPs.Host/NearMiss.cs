using System.Management.Automation;
using System.Management.Automation.Language;

namespace EltPs.Host;

/// <summary>What was meant by a command or a parameter that does not exist.</summary>
internal static class NearMiss
{
    private const int MostNames = 3;

    /// <summary>
    /// What was meant by a command line that begins with another tool's word (<c>run mau.psd1</c>) or with a pipeline file. Such a line is
    /// never executed: <c>test</c> is a program of Unix that says nothing and succeeds.
    /// </summary>
    /// <returns>A message of one or two sentences; null for any other script.</returns>
    public static string? Explain(ScriptBlockAst script)
    {
        if (script is not { EndBlock.Statements: [PipelineAst { PipelineElements: [CommandAst command, ..] } pipeline] }
            || command is not { InvocationOperator: TokenKind.Unknown, CommandElements: [StringConstantExpressionAst first, ..] }
            || first.StringConstantType != StringConstantType.BareWord)
        {
            return null;
        }

        var word = first.Value;
        var rest = pipeline.Extent.Text[first.Extent.Text.Length..].Trim();
        if (word.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase))
        {
            return $"{word} is a pipeline file, not a command. To run it: elt Invoke-EltPipeline {$"{first.Extent.Text} {rest}".Trim()}";
        }

        return Intent.ByWord.TryGetValue(word, out var intent)
            ? $"elt has no command '{word}'. To {intent.Purpose}: {intent.CommandLine(rest)}"
            : null;
    }

    /// <summary>What was meant by the name that this error could not find; null if the error is another one or nothing is near.</summary>
    /// <param name="error">The error.</param>
    /// <param name="cmdlets">The names of the module's cmdlets.</param>
    public static string? Of(ErrorRecord error, Func<IEnumerable<string>> cmdlets) => error switch
    {
        { Exception: CommandNotFoundException { CommandName: { Length: > 0 } name } } => Question(Commands(name, cmdlets())),
        { Exception: ParameterBindingException { ErrorId: "NamedParameterNotFound", ParameterName: { Length: > 0 } name } failed } =>
            Question(Nearest(name, failed.CommandInvocation.MyCommand.Parameters.Keys).Select(parameter => "-" + parameter)),
        _ => null,
    };

    /// <summary>The cmdlets that a name may stand for, the nearest first.</summary>
    public static IEnumerable<string> Commands(string name, IEnumerable<string> cmdlets)
    {
        var known = cmdlets.ToArray();
        var (verb, noun) = name.Split('-', 2) is [var before, var after] ? (before, after) : ("", name);
        var nouns = known.Select(Noun).Distinct().ToArray();
        var nearNoun = Nearest(noun, nouns).Concat(Nearest("Elt" + noun, nouns)).FirstOrDefault();
        var siblings = known.Where(cmdlet => Noun(cmdlet) == nearNoun).ToArray();

        // Run-EltPipeline: the noun is right, and the verb says which of its cmdlets.
        if (Intent.ByWord.TryGetValue(verb, out var intent)
            && siblings.Where(cmdlet => intent.Command.Contains(cmdlet, StringComparison.Ordinal)).ToArray() is { Length: > 0 } meant)
        {
            return meant;
        }

        return Nearest(name, known) is { Length: > 0 } near ? near : siblings.Take(MostNames);
    }

    private static string Noun(string cmdlet) => cmdlet[(cmdlet.IndexOf('-', StringComparison.Ordinal) + 1)..];

    // One mistake in four letters is a typing mistake; more is another word.
    private static string[] Nearest(string name, IEnumerable<string> known) =>
    [
        .. known.Select(candidate => (candidate, distance: EditDistance.Between(name, candidate)))
            .Where(entry => entry.distance <= Math.Max(1, Math.Min(name.Length, entry.candidate.Length) / 4))
            .OrderBy(entry => entry.distance)
            .ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .Select(entry => entry.candidate)
            .Take(MostNames),
    ];

    private static string? Question(IEnumerable<string> names) =>
        names.ToArray() switch
        {
            [] => null,
            [var one] => $"Did you mean {one}?",
            [.. var first, var last] => $"Did you mean {string.Join(", ", first)} or {last}?",
        };
}
