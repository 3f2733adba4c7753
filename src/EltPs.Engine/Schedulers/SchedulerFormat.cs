namespace EltPs.Engine.Schedulers;

/// <summary>A scheduler that can start a pipeline, and how a schedule is written for it.</summary>
/// <param name="Name">The name that a user gives.</param>
/// <param name="Machine">Where it starts anything.</param>
/// <param name="Writer">Makes the files. Does no I/O.</param>
public sealed record SchedulerFormat(string Name, SchedulerMachine Machine, Func<PipelineStart, SchedulerFiles> Writer)
{
    /// <summary>What follows the pipeline's name in a file's name; empty where the scheduler's own name for it is the file's.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>The endings of several files that have one name, which the scheduler knows them by; empty for one file.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
