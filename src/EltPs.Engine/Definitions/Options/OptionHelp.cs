namespace EltPs.Engine.Definitions;

/// <summary>What documentation and a new file say of an option.</summary>
/// <param name="Value">What may be written and what it means: sentences of Markdown, which the help of the module shows as plain
/// text.</param>
/// <param name="Example">A value as a file writes it.</param>
/// <param name="Hint">What it does, in one line of a comment.</param>
public sealed record OptionHelp(string Value, string Example, string Hint)
{
    /// <summary>What holds where nothing is written; null where the default value tells it.</summary>
    public string? Without { get; init; }
}
