using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Files;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>
/// Remembers, for one pipeline, the failure that is not over and when it was last told, the run whose death was told, and the interval that
/// was told to be late.
/// </summary>
/// <remarks>The history of a pipeline. Nothing is created yet.</remarks>
public sealed class AlertHistory(StateFolder state)
{
    /// <summary>The name of its folder within a state folder.</summary>
    internal const string FolderName = "alerts";

    private const int Version = 1;

    private string FilePath => state.PathOf(FolderName, $"{state.PipelineFile}.json");

    /// <summary>What was told.</summary>
    /// <param name="problem">Why nobody knows, in words: then a failure is told once too often rather than never. Null if all is
    /// well.</param>
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
                        Late = file["late"].Deserialize<KnownLate>(),
                    }
                    : throw new JsonException();
            }

            problem = $"{FilePath} was not written by this version of EltPs, so what it knows of earlier alerts is not used.";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            problem = $"{FilePath} is torn, so what was told before is not known.";
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = $"{FilePath} cannot be read, so what was told before is not known: {broken.Message}";
        }

        return AlertMemory.Empty;
    }

    /// <summary>Remembers what was told.</summary>
    /// <returns>Why it could not, in words; null if it could.</returns>
    public string? Write(AlertMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        try
        {
            state.Ensure(FolderName);
            var file = new JsonObject
            {
                ["version"] = Version,
                ["failure"] = JsonSerializer.SerializeToNode(memory.Failure),
                ["interruptedRunId"] = memory.InterruptedRunId,
                ["late"] = JsonSerializer.SerializeToNode(memory.Late),
            };
            WholeFile.Write(FilePath, file.ToJsonString());
            return null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return $"What was told cannot be remembered in {FilePath}, so a failure that stays the same will be told again: "
                + $"{broken.Message}";
        }
    }
}
