<#
.SYNOPSIS
    Runs Pester specs, and writes for programs what became of each.

.PARAMETER Path
    The files of specs, or wildcards; several are joined as in $env:PATH. Default: all.

.PARAMETER Pester
    The manifest of Pester. Default: the package that the tests' build has restored.

.PARAMETER ResultPath
    A JSON file for the name, result and message of each spec. With it nothing is printed, and a spec that failed is no error.
#>
param(
    [string] $Path = (Join-Path $PSScriptRoot '*.Tests.ps1'),

    [string] $Pester,

    [string] $ResultPath
)

if (-not $Pester) {
    $versions = [xml] (Get-Content -Raw (Join-Path $PSScriptRoot '..' '..' 'Directory.Packages.props'))
    $version = $versions.SelectSingleNode("//PackageVersion[@Include='Pester']").Version
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget' 'packages')
    $Pester = Join-Path $packages 'pester' $version 'tools' 'Pester.psd1'
    if (-not (Test-Path $Pester)) {
        throw "Pester $version is not there: run 'dotnet build', which restores it."
    }
}
# No $ErrorActionPreference here: the specs would inherit it.
Import-Module $Pester -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path.Split([System.IO.Path]::PathSeparator)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $ResultPath ? 'None' : 'Detailed'
$run = Invoke-Pester -Configuration $configuration

if (-not $ResultPath) {
    exit $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
}

# A spec that never ran because its block failed has no error of its own.
function Get-Failure($Test) {
    $errors = @($Test.ErrorRecord)
    for ($block = $Test.Block; $block; $block = $block.Parent) {
        $errors += $block.ErrorRecord
    }
    ($errors | Where-Object { $_ } | ForEach-Object { "$($_.DisplayErrorMessage ?? $_)`n$($_.DisplayStackTrace ?? $_.ScriptStackTrace)" }) -join "`n"
}

function Get-Name([string] $File, [string] $Name) {
    $cmdlet = (Split-Path $File -Leaf) -replace '\.Tests\.ps1$'
    $Name.StartsWith("$cmdlet.") ? $Name : "$cmdlet.$Name"
}

$specs = @(
    foreach ($test in $run.Tests) {
        [ordered] @{
            Name    = Get-Name $test.ScriptBlock.File $test.ExpandedPath
            Result  = $test.Result
            Message = Get-Failure $test
        }
    }
    # A file that does not even load has no specs.
    foreach ($container in $run.Containers.Where{ $_.Result -eq 'Failed' -and $_.ErrorRecord }) {
        [ordered] @{
            Name    = Get-Name $container.Item.FullName 'the file'
            Result  = 'Failed'
            Message = ($container.ErrorRecord | Out-String).Trim()
        }
    }
)
[System.IO.File]::WriteAllText($ResultPath, (ConvertTo-Json $specs -Depth 3))
