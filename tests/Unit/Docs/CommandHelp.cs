using System.Management.Automation;

namespace EltPs.Tests.Docs;

/// <summary>What Get-Help says about one cmdlet.</summary>
internal sealed class CommandHelp(PSObject help)
{
    public string Synopsis => Text(help, "Synopsis");

    public string Description => Paragraphs(help, "description");

    /// <summary>The parameters, each with what is said about it.</summary>
    public IReadOnlyList<ParameterHelp> Parameters =>
    [
        .. Find(help, "parameters", "parameter").Select(parameter => new ParameterHelp(
            Text(parameter, "name"),
            Text(parameter, "required"),
            Text(parameter, "position"),
            Text(parameter, "pipelineInput"),
            Text(parameter, "globbing"),
            Text(parameter, "aliases"),
            Paragraphs(parameter, "description"))),
    ];

    /// <summary>The ways to call it: for each the names of its parameters.</summary>
    public IReadOnlyList<string> Syntaxes =>
        [
            .. Find(help, "syntax", "syntaxItem")
                .Select(item => string.Join(' ', Find(item, "parameter").Select(parameter => Text(parameter, "name")))),
        ];

    public IReadOnlyList<string> InputTypes => [.. Find(help, "inputTypes", "inputType", "type", "name").Select(name => name.ToString())];

    public IReadOnlyList<string> OutputTypes =>
        [.. Find(help, "returnValues", "returnValue", "type", "name").Select(name => name.ToString())];

    /// <summary>The code of the examples, in their order.</summary>
    public IReadOnlyList<string> Examples => [.. Find(help, "examples", "example", "code").Select(code => code.ToString())];

    /// <summary>What it refers to, in the order in which it does.</summary>
    public IReadOnlyList<string> Links => [.. Find(help, "relatedLinks", "navigationLink", "linkText").Select(link => link.ToString())];

    /// <summary>What is said about each of its inputs and outputs.</summary>
    public IReadOnlyList<string> InputsAndOutputs =>
    [
            .. Find(help, "inputTypes", "inputType")
                .Concat(Find(help, "returnValues", "returnValue"))
                .Select(type => Paragraphs(type, "description")),
    ];

    /// <summary>The notes.</summary>
    public string Notes => string.Join('\n', Find(help, "alertSet", "alert", "Text")).Trim();

    private static string Text(PSObject node, string name) => node.Properties[name]?.Value?.ToString()?.Trim() ?? string.Empty;

    private static string Paragraphs(PSObject node, string name) => string.Join('\n', Find(node, name, "Text")).Trim();

    // A node that is there once is an object, one that is there several times a list.
    private static IEnumerable<PSObject> Find(PSObject root, params string[] path)
    {
        IEnumerable<PSObject> nodes = [root];
        foreach (var name in path)
        {
            nodes = nodes.SelectMany(node => Values(node.Properties[name]?.Value)).ToList();
        }

        return nodes;
    }

    private static IEnumerable<PSObject> Values(object? value) => value is null
        ? []
        : LanguagePrimitives.GetEnumerable(value)?.Cast<object>().Select(PSObject.AsPSObject) ?? [PSObject.AsPSObject(value)];
}
