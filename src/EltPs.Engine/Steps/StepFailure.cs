using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Steps;

/// <summary>Tells an error where it happened, and what it means for what is published.</summary>
internal static class StepFailure
{
    /// <summary>Whether it is an error of the warehouse, which does not know what it means for the published table.</summary>
    public static bool IsOfWarehouse(this EltException failure) => failure.Kind
        is EltErrorKind.StatementFailed or EltErrorKind.PublishFailed or EltErrorKind.Timeout or EltErrorKind.Unknown
        or EltErrorKind.ConnectionFailed or EltErrorKind.SignInFailed;

    /// <summary>The same error with the table and the step; one that has a place of its own, such as a source's, keeps it.</summary>
    public static EltException At(this EltException failure, TableDefinition table, EltStep step) =>
        failure.With(table: failure.Location is null ? table.Name : null, step: failure.Step ?? step);

    /// <summary>The same error of the warehouse with the table, its SQL's place, the step, and what it means.</summary>
    public static EltException At(
        this EltException failure,
        TableDefinition table,
        EltStep step,
        string consequence,
        Advice? advice = null) =>
        failure.At(table, step).With(location: failure.Location ?? table.Location, consequence: consequence, advice: advice);

    /// <summary>The same error of what comes before the first table.</summary>
    public static EltException BeforeTheFirst(this EltException failure, PipelineDefinition pipeline) =>
        failure.With(subject: pipeline.Name, step: EltStep.Prepare, consequence: "Nothing was staged.");

    /// <summary>The same error of the commit of all tables.</summary>
    public static EltException AtCommit(this EltException failure, PipelineDefinition pipeline) =>
        failure.With(subject: pipeline.Name, step: EltStep.Publish, consequence: "All tables were swapped, but the commit was refused.");

    /// <summary>The same error, and that it kept every table of the pipeline from being published.</summary>
    public static EltException NothingPublished(this EltException failure, PipelineDefinition pipeline) => failure.With(
        consequence: $"No table of {pipeline.Name} was published, because they are published together or not at all.");
}
