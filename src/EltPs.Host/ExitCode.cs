using System.Management.Automation;

namespace EltPs.Host;

/// <summary>The exit codes of elt, which schedulers act on.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the pipeline file or another input is wrong: a retry cannot help.</summary>
    public const int BadInput = 2;

    /// <summary>Another run holds what this one needs: a later try can help.</summary>
    public const int Held = 3;

    /// <summary>Stopped by Ctrl+C, SIGTERM or a cancelled run; 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    private static readonly int[] WorstFirst = [Failed, Cancelled, BadInput, Held, Done];

    /// <summary>The code for a script that ended because of this error.</summary>
    public static int For(ErrorRecord error) => error.CategoryInfo.Category switch
    {
        // Whatever its category is: a cmdlet that was never begun was given what it does not take.
        _ when error.Exception is ParameterBindingException => BadInput,
        ErrorCategory.ParserError
            or ErrorCategory.SyntaxError
            or ErrorCategory.InvalidArgument
            or ErrorCategory.InvalidData
            or ErrorCategory.InvalidType
            or ErrorCategory.ObjectNotFound => BadInput,
        ErrorCategory.ResourceBusy => Held,
        ErrorCategory.OperationStopped when IsCancellation(error) => Cancelled,
        _ => Failed,
    };

    /// <summary>
    /// The one of two codes that says more of what somebody has to do: work that failed, before a stop, before an input to mend, before a
    /// run to wait for.
    /// </summary>
    public static int Worst(int one, int other) => Array.IndexOf(WorstFirst, one) <= Array.IndexOf(WorstFirst, other) ? one : other;

    // PowerShell gives the category OperationStopped also to whatever a script throws with `throw`.
    private static bool IsCancellation(ErrorRecord error) =>
        error.Exception is PipelineStoppedException or OperationCanceledException
        || (error.InvocationInfo?.MyCommand is CmdletInfo
            && error.Exception is not RuntimeException { WasThrownFromThrowStatement: true });
}
