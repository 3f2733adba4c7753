using System.Text;

namespace EltPs.Host;

/// <summary>What elt says about itself, within the 80 columns of a terminal.</summary>
internal static class Usage
{
    private const int Columns = 80;
    private const string Indent = "  ";

    public static string Text(ModuleFolder module) => $"""
        elt {module.Version}: builds analytics tables in a warehouse, checks them, swaps them in.

        Usage
          elt <cmdlet> [parameters]       elt '<script text>'
          elt <file.ps1> [arguments]      elt help [<cmdlet>]      elt --version

          One argument is PowerShell script text. Several are joined; one with white
          space is quoted, unless it begins with a quote, @, (, {"{"} or $. PowerShell's
          own cmdlets are there too; PowerShell need not be installed.

        Cmdlets
        {Cmdlets(CmdletSynopses.Of(module))}

        Examples
          elt Invoke-EltPipeline samples/mau/mau.psd1
          elt Invoke-EltPipeline samples/mau/mau.psd1 -WhatIf
          elt 'Get-EltTable mau.psd1 | Invoke-EltCtas | Test-EltRowCount'
          elt help Invoke-EltPipeline -Examples

        Standard output holds the results; errors, warnings, verbose lines and progress
        go to standard error.

        Exit codes
          0    done, or nothing to do
          1    failed
          2    bad input: the command line, or the pipeline file
          3    locked by another run
          130  cancelled (Ctrl+C, SIGTERM)

        """;

    private static string Cmdlets(IReadOnlyList<(string Name, string Synopsis)> cmdlets)
    {
        var column = Indent.Length + cmdlets.Select(cmdlet => cmdlet.Name.Length).DefaultIfEmpty().Max() + Indent.Length;
        return string.Join(
            Environment.NewLine,
            cmdlets.SelectMany(cmdlet => Wrap(cmdlet.Synopsis, Columns - column)
                .Select((line, number) => ((number == 0 ? Indent + cmdlet.Name : "").PadRight(column) + line).TrimEnd())));
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }
}
