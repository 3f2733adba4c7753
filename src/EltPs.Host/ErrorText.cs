using System.Management.Automation;

namespace EltPs.Host;

/// <summary>An error in words, as PowerShell's ConciseView has it: who says it and what, no stack.</summary>
internal static class ErrorText
{
    public static string Of(ErrorRecord error)
    {
        var message = Message(error);
        if (error.Exception is ParseException)
        {
            return message;
        }

        var text = $"{Speaker(error)}: {message}";
        if (MissingCommand.Hint(error) is { } hint)
        {
            text += $"{Environment.NewLine}{hint}";
        }

        if (!string.IsNullOrWhiteSpace(error.ErrorDetails?.RecommendedAction))
        {
            text += $"{Environment.NewLine}{error.ErrorDetails.RecommendedAction}";
        }
        // On the command line the reader sees what was run; in a script file the place is news.
        if (error.InvocationInfo is { ScriptName.Length: > 0 } place)
        {
            text += $"{Environment.NewLine}  at {place.ScriptName}:{place.ScriptLineNumber}: {place.Line.Trim()}";
        }

        return text;
    }

    private static string Message(ErrorRecord error) =>
        string.IsNullOrWhiteSpace(error.ErrorDetails?.Message) ? error.Exception.Message : error.ErrorDetails.Message;

    private static string Speaker(ErrorRecord error) => error switch
    {
        { InvocationInfo.MyCommand: { CommandType: CommandTypes.Cmdlet or CommandTypes.Function } command } => command.Name,
        { Exception: CommandNotFoundException { CommandName.Length: > 0 } missing } => missing.CommandName,
        // What a script throws, in PowerShell's own word.
        { Exception: RuntimeException } => "Exception",
        _ => error.Exception.GetType().Name,
    };
}
