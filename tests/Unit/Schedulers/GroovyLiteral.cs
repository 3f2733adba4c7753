using System.Text;

namespace EltPs.Tests.Schedulers;

/// <summary>Reads a Groovy text in single quotes as Groovy does.</summary>
internal static class GroovyLiteral
{
    /// <summary>The text that a literal stands for, which begins the code.</summary>
    public static string Read(string code)
    {
        var text = new StringBuilder();
        for (var index = 1; code[index] != '\''; index++)
        {
            if (code[index] == '\\')
            {
                index++;
                text.Append(
                    code[index] switch
                    {
                        'n' => '\n',
                        '\\' => '\\',
                        '\'' => '\'',
                        var other => throw new FormatException($"\\{other}"),
                    });
            }
            else
            {
                text.Append(code[index]);
            }
        }

        return text.ToString();
    }
}
