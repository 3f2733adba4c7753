using System.Management.Automation;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;

namespace EltPs.Objects;

/// <summary>Finds the run of which an object that came out of a file, a job or another session is a picture.</summary>
internal static class RunPicture
{
    private static readonly string[] TypeNames =
        [$"Deserialized.{typeof(EltRunResult).FullName}", $"Deserialized.{typeof(EltJournaledRun).FullName}"];

    /// <summary>The run as its journal tells it; null if the object is not the picture of a run.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidInput"/>: its journal is not here.</exception>
    public static JournaledRun? Find(PSObject? value)
    {
        if (value is null || !TypeNames.Contains(value.TypeNames.FirstOrDefault()))
        {
            return null;
        }

        var id = Text(value, nameof(EltRun.RunId));
        var path = Text(value, nameof(EltRun.Path));
        var journal = Text(value, nameof(EltRun.JournalPath));
        var run = id is null || path is null || journal is null || !File.Exists(journal)
            ? null
            : new RunHistory(StateFolder.Holding(journal, path)).Read(out _).FirstOrDefault(run => run.RunId == id);
        return run ?? throw new EltException(
            EltErrorKind.InvalidInput,
            $"Run {id} came out of a file, a job or another session, and its journal is not here: {journal ?? "it has none"}. Get the run "
                + "where it ran, with Get-EltRun.");
    }

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString();
}
