using System.Collections.Frozen;
using System.Management.Automation;
using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>Every error of the module, one line for each: its id, its category, its exit code.</summary>
internal static class ErrorTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<ErrorRule> Rules { get; } =
    [
        new("EltInternal", ErrorCategory.NotSpecified, 1, EltErrorKind.Internal),
        // Not ParserError: ConciseView writes the lines of such an error into one.
        new("EltInvalidPipelineFile", ErrorCategory.InvalidData, 2, EltErrorKind.InvalidPipelineFile),
        new("EltPipelineFileMissing", ErrorCategory.ObjectNotFound, 2, EltErrorKind.PipelineFileMissing),
        new("EltInvalidName", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidName),
        new("EltInvalidSql", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidSql),
        new("EltPlaceholderUnfilled", ErrorCategory.InvalidArgument, 2, EltErrorKind.PlaceholderUnfilled),
        new("EltInvalidVariable", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidVariable),
        new("EltUnknownConnection", ErrorCategory.ObjectNotFound, 2, EltErrorKind.UnknownConnection),
        new("EltInvalidConnection", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidConnection),
        new("EltPipelineNotValid", ErrorCategory.InvalidData, 2, EltErrorKind.PipelineNotValid),
        new("EltReadsBeforeBuilt", ErrorCategory.InvalidData, 2, EltErrorKind.ReadsBeforeBuilt),
        new("EltConnectionFailed", ErrorCategory.ConnectionError, 1, EltErrorKind.ConnectionFailed),
        new("EltSignInFailed", ErrorCategory.AuthenticationError, 1, EltErrorKind.SignInFailed),
        new("EltSecretMissing", ErrorCategory.ObjectNotFound, 2, EltErrorKind.SecretMissing),
        new("EltDriverMissing", ErrorCategory.NotInstalled, 1, EltErrorKind.DriverMissing),
        new("EltSchemaMissing", ErrorCategory.ObjectNotFound, 2, EltErrorKind.SchemaMissing),
        new("EltDatabaseMissing", ErrorCategory.ObjectNotFound, 2, EltErrorKind.DatabaseMissing),
        new("EltDatabaseHeld", ErrorCategory.ResourceBusy, 3, EltErrorKind.DatabaseHeld),
        new("EltRunHeld", ErrorCategory.ResourceBusy, 3, EltErrorKind.RunHeld),
        new("EltResumeRefused", ErrorCategory.InvalidOperation, 1, EltErrorKind.ResumeRefused),
        new("EltNotScheduled", ErrorCategory.InvalidArgument, 2, EltErrorKind.NotScheduled),
        new("EltInvalidInterval", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidInterval),
        new("EltTooManyIntervals", ErrorCategory.InvalidArgument, 2, EltErrorKind.TooManyIntervals),
        new("EltNotExportable", ErrorCategory.InvalidArgument, 2, EltErrorKind.NotExportable),
        new("EltInvalidInput", ErrorCategory.InvalidArgument, 2, EltErrorKind.InvalidInput),
        new("EltTableNotFound", ErrorCategory.ObjectNotFound, 2, EltErrorKind.TableNotFound),
        new("EltIntervalsUnknown", ErrorCategory.InvalidArgument, 2, EltErrorKind.IntervalsUnknown),
        new("EltRunLate", ErrorCategory.InvalidResult, 1, EltErrorKind.RunLate),
        new("EltSessionEnded", ErrorCategory.ResourceUnavailable, 1, EltErrorKind.SessionEnded),
        new("EltSourceMissing", ErrorCategory.ObjectNotFound, 2, EltErrorKind.SourceMissing),
        new("EltSourceTaken", ErrorCategory.ResourceExists, 1, EltErrorKind.SourceTaken),
        new("EltStatementFailed", ErrorCategory.WriteError, 1, EltErrorKind.StatementFailed),
        new("EltTimeout", ErrorCategory.OperationTimeout, 1, EltErrorKind.Timeout),
        new("EltCancelled", ErrorCategory.OperationStopped, 130, EltErrorKind.Cancelled),
        new("EltUnknownOutcome", ErrorCategory.NotSpecified, 1, EltErrorKind.Unknown),
        new("EltTooFewRows", ErrorCategory.InvalidResult, 1, EltErrorKind.TooFewRows),
        new("EltTooManyRows", ErrorCategory.InvalidResult, 1, EltErrorKind.TooManyRows),
        new("EltStagingTaken", ErrorCategory.ResourceExists, 1, EltErrorKind.StagingTaken),
        new("EltNotATable", ErrorCategory.ResourceExists, 1, EltErrorKind.NotATable),
        new("EltTableReferenced", ErrorCategory.ResourceExists, 1, EltErrorKind.TableReferenced),
        new("EltNotStaged", ErrorCategory.ResourceUnavailable, 1, EltErrorKind.NotStaged),
        new("EltStagingChanged", ErrorCategory.InvalidOperation, 1, EltErrorKind.StagingChanged),
        new("EltAlreadyPublished", ErrorCategory.InvalidOperation, 1, EltErrorKind.AlreadyPublished),
        new("EltPublishedChanged", ErrorCategory.InvalidOperation, 1, EltErrorKind.PublishedChanged),
        new("EltUndoRefused", ErrorCategory.InvalidOperation, 1, EltErrorKind.UndoRefused),
        new("EltPublishFailed", ErrorCategory.WriteError, 1, EltErrorKind.PublishFailed),

        // The cmdlets' own.
        new(ErrorIds.RunNotFound, ErrorCategory.ObjectNotFound, 2),
        new(ErrorIds.NotVerified, ErrorCategory.InvalidArgument, 2),
        new(ErrorIds.FileExists, ErrorCategory.ResourceExists, 1),
        new(ErrorIds.FolderMissing, ErrorCategory.ObjectNotFound, 2),
        new(ErrorIds.FileNotWritten, ErrorCategory.WriteError, 1),
        new(ErrorIds.WebhookMissing, ErrorCategory.ObjectNotFound, 2),
        new(ErrorIds.InvalidWebhook, ErrorCategory.InvalidArgument, 2),
        new(ErrorIds.AlertNotDelivered, ErrorCategory.ConnectionError, 1),
        new(ErrorIds.InvalidResultPath, ErrorCategory.InvalidArgument, 2),
        new(ErrorIds.ResultNotWritten, ErrorCategory.WriteError, 1),
    ];

    private static readonly FrozenDictionary<string, ErrorRule> ById = Rules.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);

    private static readonly FrozenDictionary<EltErrorKind, ErrorRule> ByKind =
        Rules.Where(rule => rule.Kind is not null).ToFrozenDictionary(rule => rule.Kind!.Value);

    /// <summary>The line of a kind.</summary>
    public static ErrorRule Of(EltErrorKind kind) => ByKind[kind];

    /// <summary>The line of an id.</summary>
    public static ErrorRule Of(string id) => ById[id];
}
