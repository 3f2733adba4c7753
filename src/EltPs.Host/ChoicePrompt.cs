using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EltPs.Host;

/// <summary>The question that <c>-Confirm</c> asks.</summary>
internal sealed class ChoicePrompt(StandardStreams console)
{
    /// <returns>The index of the choice; an empty answer takes the default.</returns>
    /// <exception cref="HostException">Nobody can answer: standard input is not a terminal, or has ended.</exception>
    public int Ask(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!console.CanAsk)
        {
            throw new HostException(
                $"{message}{Environment.NewLine}Nobody can answer: standard input is not a terminal. Use -Confirm:$false to go on without "
                    + "the question, or -WhatIf to see what would be done.",
                innerException: null,
                errorId: "NobodyCanAnswer",
                ErrorCategory.InvalidArgument);
        }

        if (!string.IsNullOrEmpty(caption))
        {
            console.Error.WriteLine(caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            console.Error.WriteLine(message);
        }

        var labels = choices.Select(choice => new Label(choice.Label)).ToArray();
        while (true)
        {
            console.Error.Write(string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Name}")));
            console.Error.Write(defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\"): " : ": ");
            var answer = Console.In.ReadLine()?.Trim() ?? throw new HostException("Standard input ended before the question was answered.");
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            var index = Array.FindIndex(labels, label => label.Accepts(answer));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    /// <summary>A choice's label has an ampersand before its key: <c>Yes to &amp;All</c>.</summary>
    private sealed record Label
    {
        public Label(string text)
        {
            var mark = text.IndexOf('&', StringComparison.Ordinal);
            Name = text.Replace("&", "", StringComparison.Ordinal);
            Key = mark >= 0 && mark + 1 < text.Length ? text.Substring(mark + 1, 1).ToUpperInvariant() : Name;
        }

        public string Name { get; }

        public string Key { get; }

        public bool Accepts(string answer) =>
            answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Name, StringComparison.OrdinalIgnoreCase);
    }
}
