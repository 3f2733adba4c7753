# What the specs share. Each dot-sources it in BeforeAll:
#
#     BeforeAll { . (Join-Path $PSScriptRoot 'Module.ps1') }
#
# It imports the built module and gives a spec files and databases below $TestDrive, which Pester empties.

$repository = Split-Path (Split-Path $PSScriptRoot)
$built = Get-ChildItem (Join-Path $repository 'output' 'EltPs' '*' 'EltPs.psd1') -ErrorAction Ignore |
    Sort-Object { [version] $_.Directory.Name } |
    Select-Object -Last 1
if (-not $built) {
    throw 'The module is not built: run "build.ps1 Build" first.'
}
Import-Module $built.FullName -ErrorAction Stop

# Keeps the connections and the channel of whoever runs the specs out of them.
$env:SLACK_WEBHOOK_URL = $env:ELTPS_STATE = $null
$env:SNOWFLAKE_HOME = $env:XDG_CONFIG_HOME = Join-Path ([System.IO.Path]::GetTempPath()) 'eltps-specs-nowhere'
Get-ChildItem env:SNOWFLAKE_CONNECTIONS_* | Remove-Item

# The built module's manifest.
function Get-BuiltManifest {
    $built.FullName
}

# A folder of a test's own: the database that one test leaves behind must not be another one's beginning.
function New-Folder([string] $Name = [guid]::NewGuid().ToString('N')) {
    (New-Item -ItemType Directory -Path (Join-Path $TestDrive $Name)).FullName
}

# A copy of the sample, because a run writes beside its file.
function Copy-Sample([string] $Folder = (New-Folder)) {
    Copy-Item (Join-Path $repository 'samples' 'mau' 'mau.psd1') $Folder
    Copy-Item (Join-Path $repository 'samples' 'mau' 'data') $Folder -Recurse
    Join-Path $Folder 'mau.psd1'
}

# Writes a pipeline file. -Table takes what stands in its list of tables, -Header what stands before it.
function New-Pipeline([string] $Folder = (New-Folder), [string] $Name = 'job', [string] $Header = '', [string[]] $Table) {
    $path = Join-Path $Folder "$Name.psd1"
    Set-Content -LiteralPath $path -Value @"
@{
    Name = '$Name'
    $Header
    Tables = @(
        $($Table -join "`n        ")
    )
}
"@
    $path
}

# How many rows a query gives, found as a user of the module would: it is staged in a schema of its own and counted.
function Measure-Query([string] $Database, [string] $Sql) {
    $staged = Invoke-EltCtas -Schema probe -Table query -Sql $Sql -Connection $Database
    ($staged | Test-EltRowCount -Minimum 0).Rows
}

# The PowerShell that runs the specs, as a command and its first arguments. Where it is a .NET tool, its process is dotnet.
function Get-Shell {
    $program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    (Test-Path $program) ? @($program) : @([Environment]::ProcessPath, (Join-Path $PSHOME 'pwsh.dll'))
}

# Runs a command line in a PowerShell process of its own, and gives its output, what it printed for the user included.
function Invoke-Shell([string] $Command) {
    $program, $first = Get-Shell
    & $program @first -NoProfile -NonInteractive -Command "Import-Module '$(Get-BuiltManifest)'; $Command" 2>&1 |
        ForEach-Object { "$_" }
}

# Every file below a folder with its content's hash: two equal ones mean that nothing was changed.
function Get-FolderHash([string] $Folder) {
    Get-ChildItem $Folder -Recurse -File -Force |
        Sort-Object FullName |
        ForEach-Object { "$($_.FullName) $((Get-FileHash $_.FullName).Hash)" }
}
