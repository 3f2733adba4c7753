namespace EltPs.Engine.Definitions;

/// <summary>Who hears of a pipeline's runs. Holds references to secrets, never a secret.</summary>
/// <param name="PipelinePath">The pipeline file, as an absolute path; what waits to be sent lies in the state folder beside it.</param>
/// <param name="Slack">Slack; null if the file does not name it.</param>
public sealed record AlertSettings(string PipelinePath, SlackSettings? Slack);
