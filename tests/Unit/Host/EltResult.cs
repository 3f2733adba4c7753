namespace EltPs.Tests.Host;

/// <summary>What a process of elt left.</summary>
internal sealed record EltResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of standard output that are not empty, without the blanks at their ends.</summary>
    public string[] Lines => [.. Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
