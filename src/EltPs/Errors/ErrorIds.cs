namespace EltPs.Errors;

/// <summary>
/// The ids of the cmdlets' own errors, one for each condition; those of the engine's errors stand in <see cref="ErrorTable"/>.
/// </summary>
internal static class ErrorIds
{
    /// <summary>There is no run with the id that was asked for.</summary>
    public const string RunNotFound = "EltRunNotFound";

    /// <summary>A staged table was piped to Switch-EltTable without a check in between.</summary>
    public const string NotVerified = "EltNotVerified";

    /// <summary>A file that would be written is there already.</summary>
    public const string FileExists = "EltFileExists";

    /// <summary>The folder of a new pipeline file does not exist.</summary>
    public const string FolderMissing = "EltFolderMissing";

    /// <summary>A file could not be written.</summary>
    public const string FileNotWritten = "EltFileNotWritten";

    /// <summary>No webhook is named, or what names it leads nowhere.</summary>
    public const string WebhookMissing = "EltWebhookMissing";

    /// <summary>A webhook's address cannot be one.</summary>
    public const string InvalidWebhook = "EltInvalidWebhook";

    /// <summary>An alert did not reach Slack.</summary>
    public const string AlertNotDelivered = "EltAlertNotDelivered";

    /// <summary>The result of a run cannot be written where it should be, so nothing was run.</summary>
    public const string InvalidResultPath = "EltInvalidResultPath";

    /// <summary>The result of runs that have ended could not be written.</summary>
    public const string ResultNotWritten = "EltResultNotWritten";
}
