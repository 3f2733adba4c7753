using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>The error ids of the cmdlets, one for each condition. An id never changes its meaning.</summary>
public static class ErrorIds
{
    /// <summary>A defect of EltPs itself.</summary>
    public const string Internal = "EltInternal";

    /// <summary>A pipeline file has complaints.</summary>
    public const string InvalidPipelineFile = "EltInvalidPipelineFile";

    /// <summary>A text is no table or schema name.</summary>
    public const string InvalidName = "EltInvalidName";

    /// <summary>A text is not one SQL query.</summary>
    public const string InvalidSql = "EltInvalidSql";

    /// <summary>A placeholder in a table's SQL has no value in this run, or one that cannot stand where it is.</summary>
    public const string PlaceholderUnfilled = "EltPlaceholderUnfilled";

    /// <summary>A variable was given that the pipeline does not have, or a value that SQL cannot hold.</summary>
    public const string InvalidVariable = "EltInvalidVariable";

    /// <summary>No connection of that name is known.</summary>
    public const string UnknownConnection = "EltUnknownConnection";

    /// <summary>A connection lacks a value, or has one that cannot be used.</summary>
    public const string InvalidConnection = "EltInvalidConnection";

    /// <summary>A test of a pipeline file found what would make its run fail.</summary>
    public const string PipelineNotValid = "EltPipelineNotValid";

    /// <summary>A table's SQL reads a table that the file builds later, or the table itself.</summary>
    public const string ReadsBeforeBuilt = "EltReadsBeforeBuilt";

    /// <summary>The warehouse could not be opened or reached.</summary>
    public const string ConnectionFailed = "EltConnectionFailed";

    /// <summary>The warehouse did not accept who signs in.</summary>
    public const string SignInFailed = "EltSignInFailed";

    /// <summary>A secret that a connection refers to is not there.</summary>
    public const string SecretMissing = "EltSecretMissing";

    /// <summary>The driver that a connection needs is not installed.</summary>
    public const string DriverMissing = "EltDriverMissing";

    /// <summary>A table's schema does not exist, and EltPs does not make schemas there.</summary>
    public const string SchemaMissing = "EltSchemaMissing";

    /// <summary>Another process holds the database file.</summary>
    public const string DatabaseHeld = "EltDatabaseHeld";

    /// <summary>Another run of the same pipeline goes on.</summary>
    public const string RunHeld = "EltRunHeld";

    /// <summary>The run that is to be resumed cannot be read, or ran elsewhere.</summary>
    public const string ResumeRefused = "EltResumeRefused";

    /// <summary>What needs intervals was asked of a pipeline without a schedule.</summary>
    public const string NotScheduled = "EltNotScheduled";

    /// <summary>A date or a range names no interval that can be run.</summary>
    public const string InvalidInterval = "EltInvalidInterval";

    /// <summary>A range has more intervals than one command runs.</summary>
    public const string TooManyIntervals = "EltTooManyIntervals";

    /// <summary>A path of a pipeline cannot stand in a scheduler's file.</summary>
    public const string NotExportable = "EltNotExportable";

    /// <summary>Missed intervals are to be run, but nothing is remembered of earlier runs.</summary>
    public const string IntervalsUnknown = "EltIntervalsUnknown";

    /// <summary>The run of a pipeline that was due last never began, did not succeed, or takes too long.</summary>
    public const string RunLate = "EltRunLate";

    /// <summary>An in-memory database ended with its pipeline.</summary>
    public const string SessionEnded = "EltSessionEnded";

    /// <summary>A source does not exist or cannot be read.</summary>
    public const string SourceMissing = "EltSourceMissing";

    /// <summary>A table has the name of a source.</summary>
    public const string SourceTaken = "EltSourceTaken";

    /// <summary>The warehouse refused a statement.</summary>
    public const string StatementFailed = "EltStatementFailed";

    /// <summary>A statement ran longer than it may.</summary>
    public const string Timeout = "EltTimeout";

    /// <summary>The caller cancelled.</summary>
    public const string Cancelled = "EltCancelled";

    /// <summary>The warehouse gave no definite answer.</summary>
    public const string Unknown = "EltUnknownOutcome";

    /// <summary>A staging table has too few rows.</summary>
    public const string TooFewRows = "EltTooFewRows";

    /// <summary>A staging table has too many rows.</summary>
    public const string TooManyRows = "EltTooManyRows";

    /// <summary>Somebody else's table stands at a staging name.</summary>
    public const string StagingTaken = "EltStagingTaken";

    /// <summary>A view stands where a table is to be built.</summary>
    public const string NotATable = "EltNotATable";

    /// <summary>A foreign key points at the published table.</summary>
    public const string TableReferenced = "EltTableReferenced";

    /// <summary>There is no staging table.</summary>
    public const string NotStaged = "EltNotStaged";

    /// <summary>The staging table no longer is the generation that was staged.</summary>
    public const string StagingChanged = "EltStagingChanged";

    /// <summary>This generation is published already.</summary>
    public const string AlreadyPublished = "EltAlreadyPublished";

    /// <summary>Another run published in between.</summary>
    public const string PublishedChanged = "EltPublishedChanged";

    /// <summary>There is nothing to swap back to.</summary>
    public const string UndoRefused = "EltUndoRefused";

    /// <summary>An index or a dependent view did not accept the new table.</summary>
    public const string PublishFailed = "EltPublishFailed";

    /// <summary>A staged table was piped to Switch-EltTable without a check in between.</summary>
    public const string NotVerified = "EltNotVerified";

    /// <summary>Something was piped in that the cmdlet cannot use.</summary>
    public const string InvalidInput = "EltInvalidInput";

    /// <summary>No table of the file has that name or tag.</summary>
    public const string TableNotFound = "EltTableNotFound";

    /// <summary>A file that would be written is there already.</summary>
    public const string FileExists = "EltFileExists";

    /// <summary>The folder of a new pipeline file does not exist.</summary>
    public const string FolderMissing = "EltFolderMissing";

    /// <summary>A file could not be written.</summary>
    public const string FileNotWritten = "EltFileNotWritten";

    /// <summary>Nobody names a webhook, or what names it leads nowhere.</summary>
    public const string WebhookMissing = "EltWebhookMissing";

    /// <summary>A webhook's address cannot be one.</summary>
    public const string InvalidWebhook = "EltInvalidWebhook";

    /// <summary>An alert did not reach Slack.</summary>
    public const string AlertNotDelivered = "EltAlertNotDelivered";

    /// <summary>The result of a run cannot be written where it should be, so nothing was run.</summary>
    public const string InvalidResultPath = "EltInvalidResultPath";

    /// <summary>The result of runs that have ended could not be written.</summary>
    public const string ResultNotWritten = "EltResultNotWritten";

    /// <summary>The id of an engine error.</summary>
    public static string Of(EltErrorKind kind) => kind switch
    {
        EltErrorKind.Unknown => Unknown,
        _ => "Elt" + kind,
    };
}
