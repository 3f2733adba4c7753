using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Tells a warehouse on whose behalf it works.</summary>
internal static class StepScope
{
    /// <summary>The scope of one step of one table.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="step">The step.</param>
    /// <param name="runId">The run; null outside of one.</param>
    /// <param name="deadline">The table's own; null to begin one now.</param>
    /// <param name="observer">Who sees it.</param>
    /// <param name="time">The clock.</param>
    public static WorkScope Of(
        TableDefinition definition,
        EltStep step,
        string? runId,
        Deadline? deadline,
        IRunObserver observer,
        TimeProvider time) =>
        new(observer)
        {
            Pipeline = definition.Pipeline,
            RunId = runId,
            Table = definition.Name,
            Step = step,
            Deadline = deadline ?? Deadline.In(definition.Timeout, time),
        };

    /// <summary>
    /// Does the step's work within the scope's deadline. The error still wants the place that <see cref="StepFailure"/> gives it.
    /// </summary>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.Timeout"/>.</exception>
    public static Task<T> EnforceAsync<T>(
        this WorkScope scope,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken) => scope.Deadline.EnforceAsync(work, "it", cancellationToken);

    /// <summary>The same for work that returns nothing.</summary>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.Timeout"/>.</exception>
    public static Task EnforceAsync(this WorkScope scope, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        scope.EnforceAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken);
}
