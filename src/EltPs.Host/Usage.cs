using System.Management.Automation;

namespace EltPs.Host;

/// <summary>What elt says about itself.</summary>
internal static class Usage
{
    private const string Purpose =
        "runs EltPs, which builds analytics tables in a warehouse, checks them and swaps them in, without PowerShell installed.";

    public static string Text(IEnumerable<CommandInfo> cmdlets, ModuleFolder module) => $"""
        elt {module.Version}: {Purpose}

        Usage
          elt <cmdlet> [parameters]        elt '<script text>'        elt <file.ps1> [arguments]        elt --version

          One argument is PowerShell script text. Several are joined; one with white space is quoted, unless it begins with
          a quote, @, (, {"{"} or $. Only the PowerShell engine's own cmdlets are there (ForEach-Object, Where-Object, Get-Help, …).

        Cmdlets
        {string.Join(Environment.NewLine, cmdlets.Select(cmdlet => $"  {cmdlet.Name}"))}

        Examples
          elt Invoke-EltPipeline samples/mau/mau.psd1
          elt Invoke-EltPipeline samples/mau/mau.psd1 -WhatIf
          elt 'Get-EltTable samples/mau/mau.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable'
          elt Get-Help Invoke-EltPipeline

        Standard output holds the results; errors, warnings, verbose lines and progress go to standard error.

        Exit codes
          0  done, or nothing to do
          1  failed
          2  bad input: the command line, or the pipeline file
          3  held by another run
          130  cancelled (Ctrl+C, SIGTERM)

        """;
}
