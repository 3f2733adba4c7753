using System.Collections.Frozen;
using System.Management.Automation;

namespace EltPs.Host;

/// <summary>Tells a command that PowerShell has and elt has not from one that nobody knows.</summary>
internal static class MissingCommand
{
    // The cmdlets of the modules that PowerShell 7.6 ships with, apart from Microsoft.PowerShell.Core: Microsoft.PowerShell.Utility,
    // .Management, .Security, .Archive, .Diagnostics, .Host and ThreadJob ("Module" pages of the PowerShell 7.6 reference).
    private static readonly FrozenSet<string> ShippedWithPowerShell = """
        Add-Content Add-Member Add-Type Clear-Clipboard Clear-Content Clear-Item Clear-ItemProperty Clear-RecycleBin Clear-Variable
        Compare-Object Compress-Archive ConvertFrom-CliXml ConvertFrom-Csv ConvertFrom-Json ConvertFrom-Markdown ConvertFrom-SddlString
        ConvertFrom-SecureString ConvertFrom-StringData Convert-Path ConvertTo-CliXml ConvertTo-Csv ConvertTo-Html ConvertTo-Json
        ConvertTo-SecureString ConvertTo-Xml Copy-Item Copy-ItemProperty Debug-Process Debug-Runspace Disable-PSBreakpoint
        Disable-RunspaceDebug Enable-PSBreakpoint Enable-RunspaceDebug Expand-Archive Export-Alias Export-Clixml Export-Csv
        Export-FormatData Export-PSSession Format-Custom Format-Hex Format-List Format-Table Format-Wide Get-Acl Get-Alias
        Get-AuthenticodeSignature Get-ChildItem Get-Clipboard Get-CmsMessage Get-ComputerInfo Get-Content Get-Counter Get-Credential
        Get-Culture Get-Date Get-Error Get-Event Get-EventSubscriber Get-ExecutionPolicy Get-FileHash Get-FormatData Get-Host
        Get-HotFix Get-Item Get-ItemProperty Get-ItemPropertyValue Get-Location Get-MarkdownOption Get-Member Get-PfxCertificate
        Get-Process Get-PSBreakpoint Get-PSCallStack Get-PSDrive Get-PSProvider Get-Random Get-Runspace Get-RunspaceDebug Get-SecureRandom
        Get-Service Get-TimeZone Get-TraceSource Get-TypeData Get-UICulture Get-Unique Get-Uptime Get-Variable Get-Verb Get-WinEvent
        Group-Object Import-Alias Import-Clixml Import-Csv Import-LocalizedData Import-PowerShellDataFile Import-PSSession
        Invoke-Expression Invoke-Item Invoke-RestMethod Invoke-WebRequest Join-Path Join-String Measure-Command Measure-Object Move-Item
        Move-ItemProperty New-Alias New-Event New-FileCatalog New-Guid New-Item New-ItemProperty New-Object New-PSDrive New-Service
        New-TemporaryFile New-TimeSpan New-Variable Out-File Out-GridView Out-Printer Out-String Pop-Location Protect-CmsMessage
        Push-Location Read-Host Register-EngineEvent Register-ObjectEvent Remove-Alias Remove-Event Remove-Item Remove-ItemProperty
        Remove-PSBreakpoint Remove-PSDrive Remove-Service Remove-TypeData Remove-Variable Rename-Computer Rename-Item
        Rename-ItemProperty Resolve-Path Restart-Computer Restart-Service Resume-Service Select-Object Select-String Select-Xml
        Send-MailMessage Set-Acl Set-Alias Set-AuthenticodeSignature Set-Clipboard Set-Content Set-Date Set-ExecutionPolicy Set-Item
        Set-ItemProperty Set-Location Set-MarkdownOption Set-PSBreakpoint Set-Service Set-TimeZone Set-TraceSource Set-Variable
        Show-Command Show-Markdown Sort-Object Split-Path Start-Process Start-Service Start-Sleep Start-ThreadJob Start-Transcript
        Stop-Computer Stop-Process Stop-Service Stop-Transcript Suspend-Service Tee-Object Test-Connection Test-FileCatalog Test-Json
        Test-Path Trace-Command Unblock-File Unprotect-CmsMessage Unregister-Event Update-FormatData Update-List Update-TypeData
        Wait-Debugger Wait-Event Wait-Process Write-Debug Write-Error Write-Host Write-Information Write-Output Write-Progress
        Write-Verbose Write-Warning
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>One sentence for a cmdlet that PowerShell itself would have found; null for any other error.</summary>
    public static string? Hint(ErrorRecord error) =>
        error.Exception is CommandNotFoundException { CommandName: { } name } && ShippedWithPowerShell.Contains(name)
            ? $"elt has only the PowerShell engine's own cmdlets and EltPs; use PowerShell 7.6 for {name}."
            : null;
}
