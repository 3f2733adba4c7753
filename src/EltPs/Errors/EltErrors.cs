using System.Management.Automation;
using EltPs.Engine.Errors;

namespace EltPs.Errors;

/// <summary>Turns the engine's errors into PowerShell's.</summary>
internal static class EltErrors
{
    /// <summary>An error record with the id and category of the error's kind; its advice names the cmdlets.</summary>
    public static ErrorRecord ToRecord(this EltException failure, object? target = null)
    {
        var rule = ErrorTable.Of(failure.Kind);
        return new(failure.In(CmdletWording.Instance), rule.Id, rule.Category, target)
        {
            CategoryInfo = { TargetName = target?.ToString() ?? string.Empty },
        };
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
