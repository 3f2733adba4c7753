@{
    RootModule           = 'EltPs.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '78e7d6ec-6c87-4a6f-a051-7e706bc6384d'
    Author               = 'The EltPs maintainers'
    CompanyName          = 'The EltPs maintainers'
    Copyright            = '(c) The EltPs maintainers. MIT License.'
    Description          = 'Builds analytics tables inside a warehouse with CREATE TABLE AS SELECT, checks them, and swaps them into place atomically, so that a bad table is never seen.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('EltPs.Types.ps1xml')
    FormatsToProcess     = @('EltPs.Format.ps1xml')
    CmdletsToExport      = @(
        'Get-EltTable'
        'Invoke-EltCtas'
        'Test-EltRowCount'
        'Switch-EltTable'
        'Invoke-EltPipeline'
        'New-EltPipeline'
        'Test-EltPipeline'
        'Get-EltRun'
        'Invoke-EltQuery'
        'Get-EltRow'
        'Get-EltConnection'
        'Test-EltConnection'
        'Test-EltSchedule'
        'Send-EltSlackAlert'
        'Export-EltSchedule'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('ELT', 'CTAS', 'DuckDB', 'DataWarehouse', 'Analytics', 'WriteAuditPublish', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            License      = 'MIT'
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
        }
    }
}
