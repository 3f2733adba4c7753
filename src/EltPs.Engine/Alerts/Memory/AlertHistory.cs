using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Files;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>Keeps, in a file, what one channel was sent about a pipeline. Nothing is created before something is written.</summary>
/// <param name="state">The pipeline's state folder.</param>
/// <param name="channel">The channel's name; null for the channel of files that do not name one.</param>
internal sealed class AlertHistory(StateFolder state, string? channel = null)
{
    /// <summary>The name of its folder within a state folder.</summary>
    internal const string FolderName = "alerts";

    private const int Version = 1;

    private string FilePath => state.PathOf(FolderName, $"{state.PipelineFile}{(channel is null ? string.Empty : $".{channel}")}.json");

    /// <summary>What was sent.</summary>
    /// <param name="problem">Why it is not known, in words: then an alert is sent once too often rather than never. Null if it is
    /// known.</param>
    public AlertMemory Read(out string? problem)
    {
        problem = null;
        try
        {
            if (!File.Exists(FilePath))
            {
                return AlertMemory.Empty;
            }

            if (JsonNode.Parse(File.ReadAllText(FilePath)) is JsonObject file && file["version"]?.GetValue<int>() == Version)
            {
                var failure = file["failure"].Deserialize<KnownFailure>();
                return failure is null or { Fingerprint: not null, What: not null, RunId: not null }
                    ? new AlertMemory(failure, file["interruptedRunId"]?.GetValue<string>())
                    {
                        Overdue = file["late"].Deserialize<KnownOverdueRun>(),
                    }
                    : throw new JsonException();
            }

            problem = $"{FilePath} was not written by this version of EltPs, so earlier alerts are not known and may be repeated.";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            problem = $"{FilePath} is damaged, so earlier alerts are not known and may be repeated.";
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = $"{FilePath} cannot be read, so earlier alerts are not known and may be repeated: {broken.Message}";
        }

        return AlertMemory.Empty;
    }

    /// <summary>Keeps what was sent.</summary>
    /// <returns>Why it could not, in words; null if it could.</returns>
    public string? Write(AlertMemory memory)
    {
        try
        {
            state.Ensure(FolderName);
            var file = new JsonObject
            {
                ["version"] = Version,
                ["failure"] = JsonSerializer.SerializeToNode(memory.Failure),
                ["interruptedRunId"] = memory.InterruptedRunId,
                ["late"] = JsonSerializer.SerializeToNode(memory.Overdue),
            };
            WholeFile.Write(FilePath, file.ToJsonString());
            return null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return $"It cannot be noted in {FilePath} that an alert was sent, so the same failure will be reported again: {broken.Message}";
        }
    }
}
