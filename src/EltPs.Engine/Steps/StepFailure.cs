using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Steps;

/// <summary>Tells a warehouse's error where it happened.</summary>
internal static class StepFailure
{
    /// <summary>Whether it is an error of the warehouse, which does not know the table and the step.</summary>
    public static bool IsOfWarehouse(this EltException failure) => failure.Kind
        is EltErrorKind.StatementFailed or EltErrorKind.PublishFailed or EltErrorKind.Timeout or EltErrorKind.Unknown
        or EltErrorKind.ConnectionFailed or EltErrorKind.SignInFailed;

    /// <summary>The same error, its message with the table and the step in front and the SQL's place and the way out behind.</summary>
    public static EltException At(this EltException failure, TableDefinition table, EltStep step, string next)
    {
        var place = table.Location is { } location ? $" (SQL at {location})" : string.Empty;
        return failure.With(
            $"{table.Name}: {step.ToString().ToLowerInvariant()} failed{place}: {failure.Message}{Environment.NewLine}{next}");
    }

    /// <summary>The same error of what comes before the first table.</summary>
    public static EltException BeforeTheFirst(this EltException failure, PipelineDefinition pipeline) =>
        failure.With($"{pipeline.Name}: prepare failed: {failure.Message}{Environment.NewLine}Nothing was staged.");

    /// <summary>The same error of the commit of all tables.</summary>
    public static EltException AtCommit(this EltException failure, PipelineDefinition pipeline) =>
        failure.With($"{pipeline.Name}: publish failed: all tables were swapped, but the commit was refused: {failure.Message}");

    /// <summary>The same error, and that it kept every table of the pipeline from being published.</summary>
    public static EltException NothingPublished(this EltException failure, PipelineDefinition pipeline) =>
        failure.With(
            $"{failure.Message}{Environment.NewLine}No table of {pipeline.Name} was published, because they are published together or not "
                + "at all.");

    /// <summary>The same error with another message.</summary>
    public static EltException With(this EltException failure, string message) => new(failure.Kind, message, failure)
    {
        Statement = failure.Statement,
        QueryId = failure.QueryId,
        VendorCode = failure.VendorCode,
        SqlState = failure.SqlState,
        IsTransient = failure.IsTransient,
        Checks = failure.Checks,
    };
}
