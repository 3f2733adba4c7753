using System.Text;

namespace EltPs.Engine.Schedulers;

/// <summary>Writes arguments as programs on Windows read them.</summary>
internal static class WindowsCommandLine
{
    /// <summary>
    /// An argument in double quotes ("Parsing C command-line arguments": a backslash means something only before a double quote).
    /// </summary>
    public static string Quote(string argument)
    {
        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in argument)
        {
            if (letter == '"')
            {
                text.Append('\\', backslashes + 1);
            }

            backslashes = letter == '\\' ? backslashes + 1 : 0;
            text.Append(letter);
        }

        return text.Append('\\', backslashes).Append('"').ToString();
    }

    /// <summary>Arguments with blanks between; one that is a plain switch stays without quotes.</summary>
    public static string Join(IEnumerable<string> arguments) =>
        string.Join(
            ' ',
            arguments.Select(argument => argument.All(letter => char.IsAsciiLetter(letter) || letter == '-') ? argument : Quote(argument)));
}
