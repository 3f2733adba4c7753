<#
.SYNOPSIS
    Writes THIRD-PARTY-NOTICES.txt: the packages that the module carries, each with its licence as the package itself has it.

.PARAMETER Path
    The file to write.
#>
param([string] $Path)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not $Path) {
    $Path = Join-Path $root THIRD-PARTY-NOTICES.txt
}
. (Join-Path $PSScriptRoot Packages.ps1)

$line = '=' * 80
$parts = @(
    @"
EltPs is under the MIT licence (see LICENSE). It carries the following packages,
each under its own licence. This file is generated: ./build.ps1 Notices
"@
    foreach ($package in Get-ShippedPackage $root) {
        $texts = @(
            Get-ChildItem $package.Path -File | Where-Object Name -Match '^(licen[sc]e|notice|third)' | Sort-Object Name |
                ForEach-Object { [IO.File]::ReadAllText($_.FullName).Replace("`r`n", "`n").Trim() }
        )
        if ($texts.Count -eq 0) {
            $standard = Join-Path $PSScriptRoot licenses "$($package.License).txt"
            if (-not (Test-Path $standard)) {
                throw "$($package.Id) has no licence text of its own, and packaging/licenses has none for $($package.License)."
            }
            $texts = @("Copyright (c) $($package.Copyright)`n`n" + [IO.File]::ReadAllText($standard).Replace("`r`n", "`n").Trim())
        }
        $head = $line, "$($package.Id) $($package.Version)", "$($package.License), $($package.Copyright)", $package.Url, ''
        ($head + ($texts -join "`n`n")) -join "`n"
    }
)
Write-Text $Path ($parts -join "`n`n")
$Path
