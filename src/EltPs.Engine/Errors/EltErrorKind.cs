namespace EltPs.Engine.Errors;

/// <summary>What went wrong, one value for each condition that a caller may want to tell apart.</summary>
public enum EltErrorKind
{
    /// <summary>A defect of EltPs itself.</summary>
    Internal,

    /// <summary>A pipeline file has complaints; none of its tables was touched.</summary>
    InvalidPipelineFile,

    /// <summary>There is no such pipeline file.</summary>
    PipelineFileMissing,

    /// <summary>A text is no table or schema name.</summary>
    InvalidName,

    /// <summary>A text is not one SQL statement.</summary>
    InvalidSql,

    /// <summary>
    /// A placeholder in a table's SQL has no value in this run, or one that cannot stand where it is; nothing was built of it.
    /// </summary>
    PlaceholderUnfilled,

    /// <summary>A variable was given that the pipeline does not have, or a value that SQL cannot hold.</summary>
    InvalidVariable,

    /// <summary>No connection of that name is known here.</summary>
    UnknownConnection,

    /// <summary>A connection lacks a value, or has one that it cannot use.</summary>
    InvalidConnection,

    /// <summary>A test of a pipeline file found what would make its run fail; nothing was changed.</summary>
    PipelineNotValid,

    /// <summary>A table's SQL reads a table that the file builds later, or the table itself.</summary>
    ReadsBeforeBuilt,

    /// <summary>The warehouse could not be opened or reached.</summary>
    ConnectionFailed,

    /// <summary>The warehouse did not accept who signs in.</summary>
    SignInFailed,

    /// <summary>A secret that a connection refers to is not there or cannot be read.</summary>
    SecretMissing,

    /// <summary>The driver that a connection needs is not installed.</summary>
    DriverMissing,

    /// <summary>A table's schema does not exist, on a warehouse where schemas are not made by EltPs.</summary>
    SchemaMissing,

    /// <summary>The database file that is to be read does not exist.</summary>
    DatabaseMissing,

    /// <summary>Another process holds the database file.</summary>
    DatabaseHeld,

    /// <summary>Another run of the same pipeline goes on.</summary>
    RunHeld,

    /// <summary>The run that is to be resumed cannot be read, or ran elsewhere.</summary>
    ResumeRefused,

    /// <summary>What needs intervals was asked of a pipeline without a schedule.</summary>
    NotScheduled,

    /// <summary>A date or a range names no interval of the schedule that can be run.</summary>
    InvalidInterval,

    /// <summary>A range has more intervals than one command runs.</summary>
    TooManyIntervals,

    /// <summary>A path of a pipeline cannot stand in a scheduler's file.</summary>
    NotExportable,

    /// <summary>What a command is asked for does not go with the pipeline.</summary>
    InvalidInput,

    /// <summary>The pipeline file lists no such table, or the warehouse has none.</summary>
    TableNotFound,

    /// <summary>Missed intervals are to be run, but nothing is remembered of earlier runs.</summary>
    IntervalsUnknown,

    /// <summary>The run of a pipeline that was due last never began, did not succeed, or takes too long.</summary>
    RunLate,

    /// <summary>An in-memory database ended with the pipeline that made it.</summary>
    SessionEnded,

    /// <summary>A source's file or table does not exist, or cannot be read.</summary>
    SourceMissing,

    /// <summary>A table holds the name that a source's view should have.</summary>
    SourceTaken,

    /// <summary>The warehouse refused a statement.</summary>
    StatementFailed,

    /// <summary>A statement ran longer than it may.</summary>
    Timeout,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The warehouse gave no definite answer: the statement may or may not have taken effect.</summary>
    Unknown,

    /// <summary>The staging table has fewer rows than it must.</summary>
    TooFewRows,

    /// <summary>The staging table has more rows than it may.</summary>
    TooManyRows,

    /// <summary>A table that EltPs did not build stands at a staging name.</summary>
    StagingTaken,

    /// <summary>A view stands where a table is to be built or staged.</summary>
    NotATable,

    /// <summary>A foreign key points at the published table, so that it cannot be swapped.</summary>
    TableReferenced,

    /// <summary>There is no staging table to check or to publish.</summary>
    NotStaged,

    /// <summary>The staging table is no longer the generation that was checked.</summary>
    StagingChanged,

    /// <summary>This generation is published already.</summary>
    AlreadyPublished,

    /// <summary>The published table is no longer the one that the staged generation replaces.</summary>
    PublishedChanged,

    /// <summary>There is no previous generation to swap back to.</summary>
    UndoRefused,

    /// <summary>The new table lacks what an index or a dependent view needs; the publish was rolled back.</summary>
    PublishFailed,
}
