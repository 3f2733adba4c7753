using System.Text.RegularExpressions;

namespace EltPs.DataFiles;

/// <summary>PowerShell's classes of characters.</summary>
/// <remarks>Source: PowerShell language specification, "Characters" and "String literals".</remarks>
internal static partial class PowerShellText
{
    public static bool IsSingleQuote(char value) => value is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';

    public static bool IsDoubleQuote(char value) => value is '"' or '\u201c' or '\u201d' or '\u201e';

    public static bool IsBlank(char value) => value is ' ' or '\t' or '\v' or '\f' or '\u00a0' or '\u0085' || char.IsSeparator(value);

    public static bool IsOrderedCast(string text, int index) => Ordered().IsMatch(text, index);

    /// <summary>The length of a type in brackets that a table or a list follows; 0 for anything else.</summary>
    public static int CastLength(string text, int index) => Cast().Match(text, index).Length;

    [GeneratedRegex(@"\G\[[\w.\s\[\],]*\](?=\s*@[{(])", RegexOptions.CultureInvariant)]
    private static partial Regex Cast();

    [GeneratedRegex(@"\G\[\s*ordered\s*\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordered();
}
