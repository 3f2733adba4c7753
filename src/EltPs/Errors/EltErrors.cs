using System.Management.Automation;
using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>Turns the engine's errors into PowerShell's.</summary>
internal static class EltErrors
{
    /// <summary>An error record with the id and category of the error's kind; its advice names the cmdlets.</summary>
    /// <remarks>
    /// The exception's message has the advice, for scripts and logs. What is shown has it once in every view: ConciseView shows the message
    /// of the details and the recommended action, DetailedView both messages and no action; NormalView see <see cref="InView"/>.
    /// Source: PowerShellCore_format_ps1xml.cs, "ErrorInstance".
    /// </remarks>
    public static ErrorRecord ToRecord(this EltException failure, object? target = null)
    {
        var rule = ErrorTable.Of(failure.Kind);
        var worded = failure.In(CmdletWording.Instance);
        var record = new ErrorRecord(worded, rule.Id, rule.Category, target)
        {
            CategoryInfo = { TargetName = target?.ToString() ?? string.Empty },
        };
        if (FailureText.Advice(worded) is { Length: > 0 } advice)
        {
            record.ErrorDetails = new ErrorDetails(FailureText.WithoutAdvice(worded)) { RecommendedAction = advice };
        }

        return record;
    }

    /// <summary>
    /// The record for the view of errors that a session has: all but ConciseView show no recommended action, so they get the exception's
    /// message, which has the advice.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="view">The value of <c>$ErrorView</c>.</param>
    public static ErrorRecord InView(this ErrorRecord record, object? view)
    {
        if (record is { Exception: EltException, ErrorDetails.RecommendedAction: { Length: > 0 } advice }
            && LanguagePrimitives.ConvertTo<string>(view) is { Length: > 0 } name
            && !name.Equals("ConciseView", StringComparison.OrdinalIgnoreCase))
        {
            record.ErrorDetails = new ErrorDetails(string.Empty) { RecommendedAction = advice };
        }

        return record;
    }

    /// <summary>An error of the cmdlets' own.</summary>
    /// <param name="id">One of <see cref="ErrorIds"/>.</param>
    /// <param name="failure">What happened, and what to do next.</param>
    /// <param name="target">What it is about.</param>
    public static ErrorRecord Of(string id, Exception failure, object? target = null) =>
        new(failure, id, ErrorTable.Of(id).Category, target);

    /// <summary>A cmdlet was given what it cannot use.</summary>
    /// <param name="message">What, and what to give instead.</param>
    /// <param name="target">What it is about.</param>
    public static ErrorRecord InvalidInput(string message, object? target = null)
    {
        var rule = ErrorTable.Of(EltErrorKind.InvalidInput);
        return new(new ArgumentException(message), rule.Id, rule.Category, target);
    }
}
