namespace EltPs.Tests.Docs;

/// <summary>What Get-Help says about one parameter, in its own words.</summary>
internal sealed record ParameterHelp(
    string Name, string Required, string Position, string PipelineInput, string Wildcards, string Aliases, string Description);
