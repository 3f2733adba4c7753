namespace EltPs.Engine.Errors;

/// <summary>The one exception that the engine and the warehouses throw on purpose.</summary>
/// <remarks>A warehouse translates whatever its driver throws into this; no caller sees a driver's exception type.</remarks>
/// <param name="kind">What went wrong.</param>
/// <param name="message">What happened, where, and what to do next. No secret may be in it.</param>
/// <param name="inner">The driver's exception, if there is one.</param>
public sealed class EltException(EltErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public EltErrorKind Kind { get; } = kind;

    /// <summary>The statement that failed, as it was sent; null if none did.</summary>
    public string? Statement { get; init; }

    /// <summary>The warehouse's own id of the query; null where it has none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The vendor's error code, such as Snowflake's <c>002003</c>; null where it has none.</summary>
    public string? VendorCode { get; init; }

    /// <summary>The SQLSTATE; null where the warehouse has none.</summary>
    public string? SqlState { get; init; }

    /// <summary>Whether the same attempt may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What the checks of the table found, of those that do not hold and of the others; empty if none was judged.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The complaints behind an <see cref="EltErrorKind.InvalidPipelineFile"/>; empty otherwise.</summary>
    public IReadOnlyList<Complaint> Complaints { get; init; } = [];
}
