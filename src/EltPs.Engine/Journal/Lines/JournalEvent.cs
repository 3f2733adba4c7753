namespace EltPs.Engine.Journal;

/// <summary>What the lines of a journal tell.</summary>
internal static class JournalEvent
{
    public const string RunStarted = "runStarted";
    public const string TablesListed = "tablesListed";
    public const string StepStarted = "stepStarted";
    public const string GenerationAssigned = "generationAssigned";
    public const string StatementSubmitted = "statementSubmitted";
    public const string StepFinished = "stepFinished";
    public const string AttemptFailed = "attemptFailed";
    public const string TableUpToDate = "tableUpToDate";
    public const string TableNotPublished = "tableNotPublished";
    public const string RunFinished = "runFinished";
    public const string Published = "published";
    public const string IntervalFinished = "intervalFinished";
}
