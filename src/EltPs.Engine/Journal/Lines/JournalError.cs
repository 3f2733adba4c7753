using EltPs.Engine.Errors;

namespace EltPs.Engine.Journal;

/// <summary>What stopped a run or an attempt, without the statement, whose text may be long.</summary>
/// <param name="Kind">The kind of the error.</param>
/// <param name="Message">The message, in which no secret is.</param>
internal sealed record JournalError(string Kind, string Message)
{
    public string? QueryId { get; init; }

    public string? Code { get; init; }

    public string? SqlState { get; init; }

    public bool? Transient { get; init; }

    public static JournalError Of(EltException failure) => new(failure.Kind.ToString(), failure.Message)
    {
        QueryId = failure.QueryId,
        Code = failure.VendorCode,
        SqlState = failure.SqlState,
        Transient = failure.IsTransient ? true : null,
    };
}
