namespace EltPs.Errors;

/// <summary>The exit codes that schedulers act on; each error has its own in <see cref="ErrorTable"/>.</summary>
internal static class ExitCodes
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

    /// <summary>
    /// The one of two codes that says more of what somebody has to do: work that failed, before a stop, before an input to repair, before a
    /// run to wait for.
    /// </summary>
    public static int Worst(int one, int other) => Array.IndexOf(WorstFirst, one) <= Array.IndexOf(WorstFirst, other) ? one : other;
}
