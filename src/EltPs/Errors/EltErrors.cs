using System.Management.Automation;
using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>Turns the engine's errors into PowerShell's.</summary>
internal static class EltErrors
{
    /// <summary>An error record with the id and category of the error's kind.</summary>
    public static ErrorRecord ToRecord(this EltException failure, object? target = null) =>
        new(failure, ErrorIds.Of(failure.Kind), Category(failure.Kind), target)
        {
            CategoryInfo = { TargetName = target?.ToString() ?? string.Empty },
        };

    /// <summary>An error of the cmdlets themselves: bad input.</summary>
    public static ErrorRecord BadInput(string id, string message, object? target = null) =>
        new(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target);

    // The host's exit code follows from the category: bad input is 2, a held database 3, everything else 1.
    private static ErrorCategory Category(EltErrorKind kind) => kind switch
    {
        EltErrorKind.InvalidPipelineFile => ErrorCategory.ParserError,
        EltErrorKind.PipelineNotValid or EltErrorKind.ReadsBeforeBuilt => ErrorCategory.InvalidData,
        EltErrorKind.InvalidName or EltErrorKind.InvalidSql or EltErrorKind.InvalidConnection or EltErrorKind.InvalidInput =>
            ErrorCategory.InvalidArgument,
        EltErrorKind.NotScheduled or EltErrorKind.InvalidInterval or EltErrorKind.TooManyIntervals or EltErrorKind.IntervalsUnknown =>
            ErrorCategory.InvalidArgument,
        EltErrorKind.NotExportable => ErrorCategory.InvalidArgument,
        EltErrorKind.PlaceholderUnfilled or EltErrorKind.InvalidVariable => ErrorCategory.InvalidArgument,
        EltErrorKind.UnknownConnection or EltErrorKind.SourceMissing or EltErrorKind.TableNotFound => ErrorCategory.ObjectNotFound,
        EltErrorKind.SecretMissing or EltErrorKind.SchemaMissing => ErrorCategory.ObjectNotFound,
        EltErrorKind.DriverMissing => ErrorCategory.NotInstalled,
        EltErrorKind.SignInFailed => ErrorCategory.AuthenticationError,
        EltErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        EltErrorKind.DatabaseHeld or EltErrorKind.RunHeld => ErrorCategory.ResourceBusy,
        EltErrorKind.SessionEnded or EltErrorKind.NotStaged => ErrorCategory.ResourceUnavailable,
        EltErrorKind.StagingTaken or EltErrorKind.SourceTaken or EltErrorKind.NotATable or EltErrorKind.TableReferenced =>
            ErrorCategory.ResourceExists,
        EltErrorKind.Timeout => ErrorCategory.OperationTimeout,
        EltErrorKind.Cancelled => ErrorCategory.OperationStopped,
        EltErrorKind.TooFewRows or EltErrorKind.TooManyRows or EltErrorKind.RunLate => ErrorCategory.InvalidResult,
        EltErrorKind.StatementFailed or EltErrorKind.PublishFailed => ErrorCategory.WriteError,
        EltErrorKind.StagingChanged
        or EltErrorKind.AlreadyPublished
        or EltErrorKind.PublishedChanged
        or EltErrorKind.UndoRefused
        or EltErrorKind.ResumeRefused => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
