using System.Runtime.ExceptionServices;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Errors;

/// <summary>The one exception that the engine and the warehouses throw on purpose: what happened, where, and what helps, as data.</summary>
/// <remarks>
/// A warehouse translates whatever its driver throws into this; no caller sees a driver's exception type. On its way up an error gets what
/// only the caller knows (<see cref="With"/>); its message is composed of all that in one place, <see cref="FailureText"/>.
/// </remarks>
/// <param name="kind">What went wrong.</param>
/// <param name="what">What happened, in words: neither where nor what to do next. No secret may be in it.</param>
/// <param name="inner">The driver's exception, if there is one.</param>
public sealed class EltException(EltErrorKind kind, string what, Exception? inner = null) : Exception(what, inner)
{
    /// <summary>What went wrong.</summary>
    public EltErrorKind Kind { get; } = kind;

    /// <summary>What happened, in words.</summary>
    public string What { get; } = what;

    /// <summary>What it happened to where that is no table: a pipeline, its file, a source; null if <see cref="What"/> says it.</summary>
    public string? Subject { get; init; }

    /// <summary>The table; null if it is not about one.</summary>
    public TableName? Table { get; init; }

    /// <summary>The step in which it happened; null if it was in none.</summary>
    public EltStep? Step { get; init; }

    /// <summary>The place in the pipeline file; null for none.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>What it means for the published table and for the run, in sentences; empty if nothing was begun.</summary>
    public IReadOnlyList<string> Consequences { get; init; } = [];

    /// <summary>What to do next, the most specific first.</summary>
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    /// <summary>The statement that failed, as it was sent; null if none did.</summary>
    public string? Statement { get; init; }

    /// <summary>The warehouse's own id of the query; null where it has none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The vendor's error code, such as Snowflake's <c>002003</c>; null where it has none.</summary>
    public string? VendorCode { get; init; }

    /// <summary>The SQLSTATE; null where the warehouse has none.</summary>
    public string? SqlState { get; init; }

    /// <summary>Whether the same attempt may succeed later although nothing is changed.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What the checks of the table found, of those that do not hold and of the others; empty if none was judged.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The complaints behind an <see cref="EltErrorKind.InvalidPipelineFile"/>; empty otherwise.</summary>
    public IReadOnlyList<Complaint> Complaints { get; init; } = [];

    /// <summary>The errors that this one stands for, where several things were in the way at once; empty otherwise.</summary>
    public IReadOnlyList<EltException> Parts { get; init; } = [];

    /// <summary>
    /// The place in <see cref="Statement"/> that the warehouse complains of, counted from 0 in UTF-16 code units; null if it told none.
    /// </summary>
    internal int? Offset { get; private set; }

    /// <summary>Who words the advice; null before the error has come to the edge.</summary>
    internal IAdviceWording? Wording { get; init; }

    /// <summary>The whole error in words: where, what, what it means for the published table, and what to do next.</summary>
    public override string Message => FailureText.Of(this);

    /// <summary>One error for several: the only one itself, or one of the first one's kind that has all of them as its parts.</summary>
    /// <param name="several">The errors; at least one.</param>
    public static EltException Of(IReadOnlyList<EltException> several)
    {
        ArgumentNullException.ThrowIfNull(several);
        return several is [var only] ? only : new EltException(several[0].Kind, several[0].What) { Parts = several };
    }

    /// <summary>The same error with what the caller knows. Consequence and advice are added to those that it has.</summary>
    /// <param name="kind">What it is, seen from here; null for what it was.</param>
    /// <param name="what">What happened, seen from here; null for what it was.</param>
    /// <param name="subject">What it happened to where that is no table; null for no change.</param>
    /// <param name="table">The table; null for no change.</param>
    /// <param name="step">The step; null for no change.</param>
    /// <param name="location">The place in the pipeline file; null for no change.</param>
    /// <param name="consequence">What it means for the published table; null for nothing more.</param>
    /// <param name="advice">What to do next; null for nothing more.</param>
    /// <param name="statement">The statement that failed; null for no change.</param>
    /// <param name="queryId">The warehouse's id of the query; null for no change.</param>
    /// <param name="isTransient">Whether the same attempt may succeed later; null for no change.</param>
    public EltException With(
        EltErrorKind? kind = null,
        string? what = null,
        string? subject = null,
        TableName? table = null,
        EltStep? step = null,
        SourceLocation? location = null,
        string? consequence = null,
        Advice? advice = null,
        string? statement = null,
        string? queryId = null,
        bool? isTransient = null) =>
        Copy(
            kind,
            what,
            subject,
            table,
            step,
            location,
            consequence is null ? Consequences : [.. Consequences, consequence],
            advice is null ? Advice : [.. Advice, advice],
            statement,
            queryId,
            isTransient,
            Wording);

    /// <summary>The same error with the place in its statement.</summary>
    /// <param name="offset">As <see cref="Offset"/> counts.</param>
    internal EltException At(int offset)
    {
        var copy = With();
        copy.Offset = offset;
        return copy;
    }

    /// <summary>The same error when it is known how things ended: consequences and advice of before are no longer so.</summary>
    /// <param name="kind">What it is now.</param>
    /// <param name="what">What happened, seen from now; null for what it was.</param>
    /// <param name="consequence">What it means for the published table.</param>
    /// <param name="advice">What to do next; null for nothing.</param>
    public EltException Settled(EltErrorKind kind, string? what, string consequence, Advice? advice = null) =>
        Copy(kind, what, null, null, null, null, [consequence], advice is null ? [] : [advice], null, null, null, Wording);

    /// <summary>The same error with its advice in the words of an edge.</summary>
    /// <param name="wording">Words the advice.</param>
    public EltException In(IAdviceWording? wording) => ReferenceEquals(wording, Wording) || wording is null
        ? this
        : Copy(null, null, null, null, null, null, Consequences, Advice, null, null, null, wording);

    // The only place that knows all of its properties.
    private EltException Copy(
        EltErrorKind? kind,
        string? what,
        string? subject,
        TableName? table,
        EltStep? step,
        SourceLocation? location,
        IReadOnlyList<string> consequences,
        IReadOnlyList<Advice> advice,
        string? statement,
        string? queryId,
        bool? isTransient,
        IAdviceWording? wording)
    {
        var copy = new EltException(kind ?? Kind, what ?? What, InnerException)
        {
            Subject = subject ?? Subject,
            Table = table ?? Table,
            Step = step ?? Step,
            Location = location ?? Location,
            Consequences = consequences,
            Advice = advice,
            Statement = statement ?? Statement,
            QueryId = queryId ?? QueryId,
            VendorCode = VendorCode,
            SqlState = SqlState,
            IsTransient = isTransient ?? IsTransient,
            Offset = Offset,
            Checks = Checks,
            Complaints = Complaints,
            Parts = wording is null ? Parts : [.. Parts.Select(part => part.In(wording))],
            Wording = wording,
        };

        // Where it began is what a defect is found by.
        return StackTrace is { } trace ? (EltException)ExceptionDispatchInfo.SetRemoteStackTrace(copy, trace) : copy;
    }
}
