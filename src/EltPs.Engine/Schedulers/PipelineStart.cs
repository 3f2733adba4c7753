using EltPs.Engine.Definitions;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Schedulers;

/// <summary>What a scheduler is to start, and when.</summary>
public sealed record PipelineStart
{
    /// <summary>The pipeline.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>Its schedule.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>The command line.</summary>
    public required ScheduledCommand Command { get; init; }

    /// <summary>The name that the scheduler knows it by; see <see cref="NameFor"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The file to write, as an absolute path; for systemd without the endings of the two units.</summary>
    public required string Path { get; init; }

    /// <summary>The zone of the machine's clock, in which a crontab counts.</summary>
    public required TimeZoneInfo MachineZone { get; init; }

    /// <summary>The year from which on days and clock changes are looked at.</summary>
    public required int FirstYear { get; init; }

    /// <summary>The environment variables that the pipeline file refers to; never a value.</summary>
    internal IReadOnlyList<string> Variables => SecretVariables.Of(Pipeline);

    /// <summary>
    /// A name that every scheduler accepts: ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c> (systemd.unit, "Description"; others
    /// allow more).
    /// </summary>
    /// <param name="pipelinePath">The pipeline file.</param>
    public static string NameFor(string pipelinePath) =>
        "eltps-"
        + string.Concat(System.IO.Path.GetFileNameWithoutExtension(pipelinePath).Select(letter => IsInName(letter) ? letter : '_'));

    /// <summary>Whether a text can be such a name.</summary>
    public static bool IsName(string text) => !string.IsNullOrEmpty(text) && text[0] is not ('.' or '-') && text.All(IsInName);

    /// <summary>The starts as a scheduler has to make them that counts in a zone.</summary>
    internal StartTimes In(TimeZoneInfo zone) => StartTimes.Of(Schedule, zone, FirstYear);

    /// <summary>When it starts, in words.</summary>
    internal string Times(bool onlyWhenDue, string because)
    {
        var schedule = $"Schedule '{Schedule.Expression}' in {Schedule.TimeZone}";
        return onlyWhenDue
            ? $"It starts when a run is due: {schedule}."
            : $"It starts more often than a run is due ({schedule}), because {because}. A start at which nothing is due does nothing, "
                + "successfully.";
    }

    private static bool IsInName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';
}
